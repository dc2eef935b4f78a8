"use client";

import { Alert, Button, Group, Stack, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { ActionForm } from "#components/action-form.tsx";
import { type FormAction, fieldProblem, formProblem } from "#components/form-state.ts";

/** The name others see; empty, the address stands for it. */
export function ProfileForm({ action, name }: { action: FormAction; name: string }) {
  const [state, submit, pending] = useActionState(action, {});
  const problem = formProblem(state);
  return (
    <ActionForm action={submit} noValidate>
      <Stack gap="md">
        {problem !== undefined && (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        )}
        <TextInput
          label="Name"
          description="Left empty, your address stands for it."
          name="name"
          autoComplete="name"
          defaultValue={name}
          maxLength={80}
          error={fieldProblem(state, "name")}
        />
        <Group justify="flex-end" gap="sm">
          <span role="status">{state.data !== undefined && !pending ? "Saved." : ""}</span>
          <Button type="submit" loading={pending}>
            Save
          </Button>
        </Group>
      </Stack>
    </ActionForm>
  );
}
