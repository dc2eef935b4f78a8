"use client";

import { Alert, Button, Group, Radio, Stack, Textarea, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { ActionForm } from "#components/action-form.tsx";
import { type FormAction, fieldProblem, formProblem } from "#components/form-state.ts";

type Props = { action: FormAction; name: string; unlisted: "refuse" | "allow" };

/** Name and policy of the workspace, with an optional reason for the audit trail. */
export function WorkspaceForm({ action, name, unlisted }: Props) {
  const [state, submit, pending] = useActionState(action, {});
  const problem = formProblem(state);
  return (
    <ActionForm action={submit} noValidate>
      <Stack gap="lg">
        {problem !== undefined && (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        )}
        <TextInput
          label="Name"
          name="name"
          defaultValue={name}
          maxLength={80}
          error={fieldProblem(state, "name")}
          required
          withAsterisk={false}
        />
        <Radio.Group
          name="unlisted"
          label="Countries nobody has listed"
          description="What a cap check hears for a country that isn't on your list."
          defaultValue={unlisted}
          error={fieldProblem(state, "unlisted")}
        >
          <Stack gap="sm" mt="sm">
            <Radio
              value="refuse"
              label="Refuse them"
              description="The answer is not_launched: only countries you list can open. The safe choice."
            />
            <Radio
              value="allow"
              label="Allow them, counted"
              description="Everybody there gets in, with no cap. Every check is counted. A listed country that isn't launched is still refused."
            />
          </Stack>
        </Radio.Group>
        <Textarea
          label="Reason (optional)"
          description="Goes into the audit trail."
          name="reason"
          autosize
          minRows={2}
          maxLength={500}
          error={fieldProblem(state, "reason")}
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
