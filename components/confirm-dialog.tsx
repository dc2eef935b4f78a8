"use client";

import { Alert, Button, Group, Modal, Stack, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type ReactNode, useActionState, useState } from "react";
import { ActionForm } from "#components/action-form.tsx";
import {
  type FormAction,
  type FormState,
  fieldProblem,
  formProblem,
  isRefused,
} from "#components/form-state.ts";

export type ConfirmDialogProps = {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What will happen, in a sentence or two. */
  explanation?: ReactNode;
  /** A server action made with `stateAction`. It receives `hidden`, the inputs of `children`, `reason` and `confirmation`. */
  action: FormAction;
  /** Values the action needs that nobody types: an id, the version that was looked at. */
  hidden?: Readonly<Record<string, string | number>>;
  /** More inputs; called with a way to get an input's problem by its name. */
  children?: (problem: (name: string) => string | undefined) => ReactNode;
  /** Default `required`. */
  reason?: "required" | "optional" | "none";
  /** For a dangerous move: this must be typed before it can be sent, e.g. the country's name. */
  typeToConfirm?: string;
  /** Paints the submit button red. */
  danger?: boolean;
  submitLabel: string;
  /** Shown once done: "Poland is paused". Without it the action says so itself. */
  doneMessage?: string;
};

/** A dialog that asks for a reason before a server action runs. It closes when the action is done and shows why it was refused. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title}>
      <ConfirmBody {...props} />
    </Modal>
  );
}

function ConfirmBody(props: ConfirmDialogProps) {
  const { reason = "required", typeToConfirm, danger = false, hidden = {} } = props;
  const [typed, setTyped] = useState("");
  // Told from here and not from an effect: the new page may no longer have this dialog on it.
  const [state, submit, pending] = useActionState(async (previous: FormState, form: FormData) => {
    const next = await props.action(previous, form);
    if (!isRefused(next)) {
      props.onClose();
      if (props.doneMessage !== undefined) notifications.show({ color: "green", message: props.doneMessage });
    }
    return next;
  }, {});
  const refusal = formProblem(state);
  // A refusal that stands at its input isn't repeated above them.
  let isPlaced = false;
  const problem = (name: string) => {
    const text = fieldProblem(state, name);
    isPlaced ||= text !== undefined && text === refusal;
    return text;
  };
  const fields = props.children?.(problem);
  const reasonProblem = problem("reason");
  const confirmationProblem = problem("confirmation");
  const confirmed = typeToConfirm === undefined || typed.trim().toLowerCase() === typeToConfirm.toLowerCase();
  return (
    <ActionForm action={submit}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Stack gap="md">
        {props.explanation !== undefined && <div>{props.explanation}</div>}
        {refusal !== undefined && !isPlaced && (
          <Alert color="red" role="alert">
            {refusal}
          </Alert>
        )}
        {fields}
        {reason !== "none" && (
          <Textarea
            label={reason === "optional" ? "Reason (optional)" : "Reason"}
            description="Goes into the audit trail."
            name="reason"
            autosize
            minRows={2}
            maxRows={6}
            maxLength={500}
            required={reason === "required"}
            withAsterisk={false}
            error={reasonProblem}
            data-autofocus={fields === undefined || undefined}
          />
        )}
        {typeToConfirm !== undefined && (
          <TextInput
            label={
              <>
                Type <strong>{typeToConfirm}</strong> to confirm
              </>
            }
            name="confirmation"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={confirmationProblem}
            required
            withAsterisk={false}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose} disabled={pending}>
            Cancel
          </Button>
          <Button type="submit" loading={pending} disabled={!confirmed} {...(danger && { color: "red" })}>
            {props.submitLabel}
          </Button>
        </Group>
      </Stack>
    </ActionForm>
  );
}
