"use client";

import { Button, PasswordInput, TextInput } from "@mantine/core";
import Link from "next/link";
import { useActionState } from "react";
import classes from "#app/(auth)/auth.module.css";
import { AuthDone, AuthRefusal, AuthTitle } from "#app/(auth)/parts.tsx";
import { signUp } from "#app/(auth)/sign-up/actions.ts";

/** Name, e-mail and password; then "check your mail". */
export function SignUpForm({ next, signInHref }: { next: string; signInHref: string }) {
  const [state, submit, pending] = useActionState(signUp, {});
  if (state.done === "check_mail") {
    return (
      <AuthDone title="Check your mail">
        We sent a link to <strong>{state.email}</strong>; it works for one hour. If nothing comes, look in the
        spam folder. An address that has an account already gets no message:{" "}
        <Link href={signInHref}>sign in</Link> or <Link href="/forgot-password">set a new password</Link>{" "}
        instead.
      </AuthDone>
    );
  }
  return (
    <>
      <AuthTitle title="Make an account">Join a workspace you are invited to, or start one.</AuthTitle>
      <form action={submit} className={classes.form} noValidate>
        <input type="hidden" name="next" value={next} />
        {state.message !== undefined && <AuthRefusal>{state.message}</AuthRefusal>}
        <TextInput
          label="Your name"
          name="name"
          autoComplete="name"
          defaultValue={state.name ?? ""}
          error={state.fields?.name}
          required
          withAsterisk={false}
        />
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
        <PasswordInput
          label="Password"
          name="password"
          description="At least 10 characters."
          autoComplete="new-password"
          error={state.fields?.password}
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={pending} fullWidth>
          Make an account
        </Button>
      </form>
      <p className={classes.other}>
        Have one already? <Link href={signInHref}>Sign in</Link>
      </p>
    </>
  );
}
