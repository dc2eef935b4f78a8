import { Button } from "@mantine/core";
import { IconMailOpened } from "@tabler/icons-react";
import classes from "#app/status-page.module.css";
import { EmptyState } from "#components/empty-state.tsx";
import { Logo } from "#components/logo.tsx";
import type { SignedInUser } from "#lib/supabase/server.ts";

/** What a person sees who is signed in and a member of nothing yet. */
export function NoWorkspace({ user }: { user: SignedInUser }) {
  return (
    <main className={classes.page}>
      <Logo />
      <EmptyState
        icon={<IconMailOpened />}
        title="You aren't in a workspace yet"
        action={
          <form action="/auth/sign-out" method="post">
            <Button type="submit" variant="default">
              Sign out
            </Button>
          </form>
        }
      >
        You are signed in as {user.email}. Open the invitation in your mail, or ask an owner to invite this
        address.
      </EmptyState>
    </main>
  );
}
