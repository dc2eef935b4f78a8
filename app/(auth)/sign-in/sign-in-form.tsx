"use client";

import { Alert, Anchor, Button, PasswordInput, TextInput } from "@mantine/core";
import Link from "next/link";
import { useActionState } from "react";
import classes from "#app/(auth)/auth.module.css";
import { AuthRefusal } from "#app/(auth)/parts.tsx";
import { signIn } from "#app/(auth)/sign-in/actions.ts";

/** E-mail and password; after a refusal for an unconfirmed address, a way to get the message again. */
export function SignInForm({ next }: { next: string }) {
  const [state, submit, pending] = useActionState(signIn, {});
  return (
    <form action={submit} className={classes.form} noValidate>
      <input type="hidden" name="next" value={next} />
      {state.message !== undefined && <AuthRefusal>{state.message}</AuthRefusal>}
      {state.done === "resent" && (
        <Alert role="status">If this address still has to be confirmed, a new message is on its way.</Alert>
      )}
      <TextInput
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={state.email ?? ""}
        error={state.fields?.email}
        required
        withAsterisk={false}
      />
      <div className={classes.password}>
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          error={state.fields?.password}
          required
          withAsterisk={false}
        />
        <Anchor component={Link} href="/forgot-password" className={classes.forgot ?? ""}>
          Forgot it?
        </Anchor>
      </div>
      <Button type="submit" loading={pending} fullWidth>
        Sign in
      </Button>
      {state.unconfirmed === true && (
        <Button type="submit" name="intent" value="resend" variant="default" disabled={pending} fullWidth>
          Send the confirmation again
        </Button>
      )}
    </form>
  );
}
