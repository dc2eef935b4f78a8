"use client";

import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import { type ReactNode, useActionState, useState } from "react";
import { ActionForm } from "#components/action-form.tsx";
import { type FormAction, type FormState, fieldProblem, formProblem } from "#components/form-state.ts";
import { SecretOnce } from "#components/secret-once.tsx";

export type SecretAction = FormAction<{ secret: string }>;

type SecretDialogProps = {
  opened: boolean;
  onClose: () => void;
  title: string;
  action: SecretAction;
  hidden?: Readonly<Record<string, string>>;
  /** The inputs; called with a way to get an input's problem by its name. */
  children: (problem: (name: string) => string | undefined) => ReactNode;
  submitLabel: string;
};

/**
 * A form, and then the key it made, shown once. While the key is shown only its own button closes the dialog. It must stand where the new
 * page still has it: not in the row that the action changes.
 */
export function SecretDialog({ opened, onClose, title, ...rest }: SecretDialogProps) {
  const [shown, setShown] = useState(false);
  const done = () => {
    setShown(false);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={done}
      title={title}
      closeOnClickOutside={!shown}
      closeOnEscape={!shown}
      withCloseButton={!shown}
    >
      <SecretForm {...rest} onShown={() => setShown(true)} onDone={done} />
    </Modal>
  );
}

type SecretFormProps = Omit<SecretDialogProps, "opened" | "onClose" | "title"> & {
  onShown: () => void;
  onDone: () => void;
};

function SecretForm({ action, hidden = {}, children, submitLabel, onShown, onDone }: SecretFormProps) {
  const [state, submit, pending] = useActionState(
    async (previous: FormState<{ secret: string }>, form: FormData) => {
      const next = await action(previous, form);
      if (next.data !== undefined) onShown();
      return next;
    },
    {},
  );
  if (state.data !== undefined)
    return <SecretOnce what="API key" secret={state.data.secret} onDone={onDone} />;
  const problem = formProblem(state);
  return (
    <ActionForm action={submit} noValidate>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Stack gap="md">
        {problem !== undefined && (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        )}
        {children((name) => fieldProblem(state, name))}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone} disabled={pending}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </ActionForm>
  );
}
