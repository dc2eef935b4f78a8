"use client";

import { Alert, Button, Radio, Stack, TextInput } from "@mantine/core";
import { useActionState, useState } from "react";
import { ActionForm } from "#components/action-form.tsx";
import { type FormAction, fieldProblem, formProblem } from "#components/form-state.ts";
import { suggestSlug } from "#lib/workspace/schema.ts";

const ENVIRONMENTS = [
  { value: "production", label: "Production", description: "Real people. The engine is on from the start." },
  { value: "staging", label: "Staging", description: "The same rules, for trying things out." },
  {
    value: "development",
    label: "Development",
    description: "The engine starts switched off: every check is allowed and nothing is counted.",
  },
];

/** Name, address and environment. The address follows the name until it is typed by hand. */
export function NewWorkspaceForm({ action }: { action: FormAction }) {
  const [state, submit, pending] = useActionState(action, {});
  const [slug, setSlug] = useState("");
  const [isTyped, setTyped] = useState(false);
  const slugProblem = fieldProblem(state, "slug");
  const problem = formProblem(state);
  return (
    <ActionForm action={submit} noValidate>
      <Stack gap="md" mt="lg">
        {problem !== undefined && slugProblem === undefined && (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        )}
        <TextInput
          label="Name"
          name="name"
          placeholder="Acme Chat"
          maxLength={80}
          onChange={(event) => {
            if (!isTyped) setSlug(suggestSlug(event.currentTarget.value));
          }}
          error={fieldProblem(state, "name")}
          required
          withAsterisk={false}
        />
        <TextInput
          label="Address"
          description="Stands in every link to the workspace and stays as it is."
          name="slug"
          leftSection="/"
          value={slug}
          maxLength={48}
          spellCheck={false}
          autoCapitalize="none"
          onChange={(event) => {
            setTyped(event.currentTarget.value !== "");
            setSlug(event.currentTarget.value);
          }}
          error={slugProblem}
          required
          withAsterisk={false}
        />
        <Radio.Group
          name="environment"
          label="Environment"
          description="Can't be changed later."
          defaultValue="production"
          error={fieldProblem(state, "environment")}
        >
          <Stack gap="sm" mt="sm">
            {ENVIRONMENTS.map((environment) => (
              <Radio key={environment.value} {...environment} />
            ))}
          </Stack>
        </Radio.Group>
        <Button type="submit" loading={pending} fullWidth>
          Make the workspace
        </Button>
      </Stack>
    </ActionForm>
  );
}
