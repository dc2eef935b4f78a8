"use client";

import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { startTransition } from "react";
import { type FormAction, fieldProblem, formProblem, isRefused } from "#components/form-state.ts";

/** Fields as a form would send them. */
function formOf(fields: Readonly<Record<string, string | number>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
  return form;
}

/** Runs a form's action without its form; says why it was refused, or calls `done`. */
function run(action: FormAction, fields: Readonly<Record<string, string | number>>, done: () => void): void {
  startTransition(async () => {
    const state = await action({}, formOf(fields));
    const problem = formProblem(state) ?? fieldProblem(state, "reason");
    if (isRefused(state)) notifications.show({ color: "red", message: problem ?? "This couldn't be done." });
    else done();
  });
}

/** Runs a form's action without its form and says how it went. */
export function runAndTell(
  action: FormAction,
  fields: Readonly<Record<string, string | number>>,
  doneMessage: string,
): void {
  run(action, fields, () => notifications.show({ color: "green", message: doneMessage }));
}

/** The same, and offers the way back. */
export function runAndUndo(
  action: FormAction,
  fields: Readonly<Record<string, string | number>>,
  doneMessage: string,
  undo: () => void,
): void {
  run(action, fields, () => tellWithUndo(doneMessage, undo));
}

/** Says that something is done and offers the way back for 12 seconds. */
export function tellWithUndo(message: string, undo: () => void): void {
  const id = notifications.show({
    color: "green",
    autoClose: 12_000,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <span>{message}</span>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          Undo
        </Button>
      </Group>
    ),
  });
}
