import { Alert, Button } from "@mantine/core";
import classes from "#app/(auth)/auth.module.css";

/** Said to somebody who is signed in as another address: the invitation can't be accepted so. */
export function SwitchAccount({ present, wanted }: { present: string; wanted: string }) {
  return (
    <form action="/auth/sign-out" method="post" className={classes.form}>
      <Alert color="yellow" role="status">
        You are signed in as <strong>{present}</strong>. Sign out, open this link again, and sign in as{" "}
        <strong>{wanted}</strong>; or ask for an invitation to your present address.
      </Alert>
      <Button type="submit" variant="default" fullWidth>
        Sign out
      </Button>
    </form>
  );
}
