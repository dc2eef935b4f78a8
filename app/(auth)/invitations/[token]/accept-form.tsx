"use client";

import { Button } from "@mantine/core";
import { useActionState } from "react";
import classes from "#app/(auth)/auth.module.css";
import { AuthRefusal } from "#app/(auth)/parts.tsx";
import { ActionForm } from "#components/action-form.tsx";
import { type FormAction, formProblem } from "#components/form-state.ts";

/** Accepts by a POST, so that a mail program that opens links doesn't. */
export function AcceptForm({ action, token }: { action: FormAction; token: string }) {
  const [state, submit, pending] = useActionState(action, {});
  const problem = formProblem(state);
  return (
    <ActionForm action={submit} className={classes.form}>
      {problem !== undefined && <AuthRefusal>{problem}</AuthRefusal>}
      <input type="hidden" name="token" value={token} />
      <Button type="submit" loading={pending} fullWidth>
        Accept the invitation
      </Button>
    </ActionForm>
  );
}
