"use client";

import { Button, PasswordInput } from "@mantine/core";
import { useActionState } from "react";
import classes from "#app/(auth)/auth.module.css";
import { AuthRefusal } from "#app/(auth)/parts.tsx";
import { setPassword } from "#app/(auth)/reset-password/actions.ts";

/** The new password, twice. The hidden address tells password managers whose it is. */
export function ResetForm({ email }: { email: string }) {
  const [state, submit, pending] = useActionState(setPassword, {});
  return (
    <form action={submit} className={classes.form} noValidate>
      {state.message !== undefined && <AuthRefusal>{state.message}</AuthRefusal>}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordInput
        label="New password"
        name="password"
        description="At least 10 characters."
        autoComplete="new-password"
        error={state.fields?.password}
        required
        withAsterisk={false}
      />
      <PasswordInput
        label="Again"
        name="again"
        autoComplete="new-password"
        error={state.fields?.again}
        required
        withAsterisk={false}
      />
      <Button type="submit" loading={pending} fullWidth>
        Save
      </Button>
    </form>
  );
}
