"use client";

import { Button, TextInput } from "@mantine/core";
import Link from "next/link";
import { useActionState } from "react";
import classes from "#app/(auth)/auth.module.css";
import { requestReset } from "#app/(auth)/forgot-password/actions.ts";
import { AuthDone, AuthRefusal, AuthTitle } from "#app/(auth)/parts.tsx";

/** Asks for the address; then "check your mail", whoever it belongs to. */
export function ForgotForm() {
  const [state, submit, pending] = useActionState(requestReset, {});
  if (state.done === "reset_sent") {
    return (
      <AuthDone title="Check your mail">
        If <strong>{state.email}</strong> has an account, a link to set a new password is on its way. It works
        for one hour. <Link href="/sign-in">Back to sign-in</Link>
      </AuthDone>
    );
  }
  return (
    <>
      <AuthTitle title="Set a new password">Tell us your address and we send you a link.</AuthTitle>
      <form action={submit} className={classes.form} noValidate>
        {state.message !== undefined && <AuthRefusal>{state.message}</AuthRefusal>}
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
        <Button type="submit" loading={pending} fullWidth>
          Send the link
        </Button>
      </form>
      <p className={classes.other}>
        <Link href="/sign-in">Back to sign-in</Link>
      </p>
    </>
  );
}
