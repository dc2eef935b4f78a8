"use client";

import { Button } from "@mantine/core";
import type { FormAction } from "#components/form-state.ts";
import { runAndTell, runAndUndo } from "#components/notices.tsx";

type Props = {
  action: FormAction;
  fields: Readonly<Record<string, string>>;
  label: string;
  /** What the button is about, for who doesn't see its line. */
  about: string;
  doneMessage: string;
  /** What takes it back. */
  undo: { action: FormAction; fields: Readonly<Record<string, string>>; doneMessage: string };
};

/** A small button that runs an action at once, says how it went, and offers the way back. */
export function TellButton({ action, fields, label, about, doneMessage, undo }: Props) {
  return (
    <Button
      variant="default"
      size="xs"
      aria-label={`${label} ${about}`}
      onClick={() =>
        runAndUndo(action, fields, doneMessage, () => runAndTell(undo.action, undo.fields, undo.doneMessage))
      }
    >
      {label}
    </Button>
  );
}
