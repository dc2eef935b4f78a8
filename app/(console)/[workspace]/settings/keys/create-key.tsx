"use client";

import { Button, Checkbox, Code, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { DateTimeInput } from "#components/date-time-input.tsx";
import { type SecretAction, SecretDialog } from "#components/secret-dialog.tsx";
import type { Scope } from "#lib/workspace/vocabulary.ts";

type ScopeOption = { name: Scope; description: string };
type Problem = (name: string) => string | undefined;

const EXPIRES = [
  { value: "never", label: "Never" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
  { value: "at", label: "At a chosen time" },
];

/** Name, scopes and end of a new key. */
export function CreateKey({ action, scopes }: { action: SecretAction; scopes: readonly ScopeOption[] }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button leftSection={<IconPlus size={16} />} onClick={open} aria-haspopup="dialog">
        Create key
      </Button>
      <SecretDialog
        opened={opened}
        onClose={close}
        title="Create an API key"
        action={action}
        submitLabel="Create key"
      >
        {(problem) => <KeyInputs scopes={scopes} problem={problem} />}
      </SecretDialog>
    </>
  );
}

function KeyInputs({ scopes, problem }: { scopes: readonly ScopeOption[]; problem: Problem }) {
  const [expires, setExpires] = useState("never");
  return (
    <>
      <TextInput
        label="Name"
        description="The service that will use it. It stands in the audit trail."
        name="name"
        placeholder="Sign-up service"
        maxLength={80}
        error={problem("name")}
        required
        withAsterisk={false}
        data-autofocus
      />
      <Checkbox.Group label="Scopes" defaultValue={["caps.check"]} error={problem("scopes")}>
        <Stack gap="xs" mt="xs">
          {scopes.map((scope) => (
            <Checkbox
              key={scope.name}
              name="scopes[]"
              value={scope.name}
              label={<Code>{scope.name}</Code>}
              description={scope.description}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <NativeSelect
        label="Expires"
        name="expires"
        data={EXPIRES}
        value={expires}
        onChange={(event) => setExpires(event.currentTarget.value)}
        error={problem("expires")}
      />
      {expires === "at" && (
        <DateTimeInput label="Works until" name="expires_at" error={problem("expires_at")} required />
      )}
    </>
  );
}
