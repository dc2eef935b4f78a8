"use client";

import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import { type ReactNode, useActionState, useState } from "react";
import { ActionForm } from "#components/action-form.tsx";
import {
  type FormAction,
  type FormState,
  fieldProblem,
  formProblem,
  isRefused,
} from "#components/form-state.ts";
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
  /** What it makes, and how it is kept; an API key unless told otherwise. */
  what?: string;
  kept?: string;
  size?: "md" | "lg";
};

/**
 * A form, and then the secret it made, shown once; it closes when there is none. While one is shown only its own button closes the dialog.
 * It must stand where the new page still has it: not in the row that the action changes.
 */
export function SecretDialog({ opened, onClose, title, size = "md", ...rest }: SecretDialogProps) {
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
      size={size}
      closeOnClickOutside={!shown}
      closeOnEscape={!shown}
      withCloseButton={!shown}
    >
      <SecretForm {...rest} onShown={() => setShown(true)} onDone={done} />
    </Modal>
  );
}

type SecretFormProps = Omit<SecretDialogProps, "opened" | "onClose" | "title" | "size"> & {
  onShown: () => void;
  onDone: () => void;
};

function SecretForm(props: SecretFormProps) {
  const { action, hidden = {}, children, submitLabel, what = "API key", kept, onShown, onDone } = props;
  const [state, submit, pending] = useActionState(
    async (previous: FormState<{ secret: string }> & { isPlaced: boolean }, form: FormData) => {
      const next = await action(previous, form);
      if (next.data !== undefined) onShown();
      else if (!isRefused(next)) onDone();
      const field = next.serverError?.details.field;
      return { ...next, isPlaced: typeof field === "string" && form.has(field) && !(field in hidden) };
    },
    { isPlaced: false },
  );
  if (state.data !== undefined)
    return (
      <SecretOnce
        what={what}
        secret={state.data.secret}
        {...(kept !== undefined && { kept })}
        onDone={onDone}
      />
    );
  const refusal = formProblem(state);
  return (
    <ActionForm action={submit} noValidate>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Stack gap="md">
        {/* A refusal that stands at its input isn't repeated above them. */}
        {refusal !== undefined && !state.isPlaced && (
          <Alert color="red" role="alert">
            {refusal}
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
