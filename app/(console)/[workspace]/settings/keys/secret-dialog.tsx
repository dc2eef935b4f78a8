"use client";

import { Alert, Button, type ButtonProps, Group, Modal, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type ReactNode, useActionState, useState } from "react";
import { ActionForm } from "#components/action-form.tsx";
import { type FormAction, type FormState, fieldProblem, formProblem } from "#components/form-state.ts";
import { SecretOnce } from "#components/secret-once.tsx";

export type SecretAction = FormAction<{ secret: string }>;

type SecretDialogProps = {
  trigger: Pick<ButtonProps, "variant" | "size" | "leftSection"> & { label: string };
  title: string;
  action: SecretAction;
  hidden?: Readonly<Record<string, string>>;
  /** The inputs; called with a way to get an input's problem by its name. */
  children: (problem: (name: string) => string | undefined) => ReactNode;
  submitLabel: string;
};

/** A button, a form, and then the key it made, shown once. While the key is shown only its own button closes the dialog. */
export function SecretDialog({ trigger, ...rest }: SecretDialogProps) {
  const [opened, { open, close }] = useDisclosure();
  const [shown, setShown] = useState(false);
  const { label, ...look } = trigger;
  const done = () => {
    setShown(false);
    close();
  };
  return (
    <>
      <Button {...look} onClick={open} aria-haspopup="dialog">
        {label}
      </Button>
      <Modal
        opened={opened}
        onClose={done}
        title={rest.title}
        closeOnClickOutside={!shown}
        closeOnEscape={!shown}
        withCloseButton={!shown}
      >
        <SecretForm {...rest} onShown={() => setShown(true)} onDone={done} />
      </Modal>
    </>
  );
}

type SecretFormProps = Omit<SecretDialogProps, "trigger" | "title"> & {
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
