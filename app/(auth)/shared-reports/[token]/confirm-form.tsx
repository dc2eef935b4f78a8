"use client";

import { Button } from "@mantine/core";
import { useActionState } from "react";
import classes from "#app/(auth)/auth.module.css";
import { AuthRefusal } from "#app/(auth)/parts.tsx";
import { confirm } from "#app/(auth)/shared-reports/[token]/actions.ts";
import { ActionForm } from "#components/action-form.tsx";
import { formProblem } from "#components/form-state.ts";

/** Confirms by a POST, so that a mail program that opens links doesn't. */
export function ConfirmAddress({ token }: { token: string }) {
  const [state, submit, pending] = useActionState(confirm, {});
  const problem = formProblem(state);
  return (
    <ActionForm action={submit} className={classes.form}>
      {problem !== undefined && <AuthRefusal>{problem}</AuthRefusal>}
      <input type="hidden" name="token" value={token} />
      <Button type="submit" loading={pending} fullWidth>
        Confirm this address
      </Button>
    </ActionForm>
  );
}
