"use client";

import { Button } from "@mantine/core";
import type { FormAction } from "#components/form-state.ts";
import { runAndTell } from "#components/notices.tsx";

type Props = {
  action: FormAction;
  fields: Readonly<Record<string, string>>;
  label: string;
  /** What the button is about, for who doesn't see its line. */
  about: string;
  doneMessage: string;
};

/** A small button that runs an action at once and says how it went. */
export function TellButton({ action, fields, label, about, doneMessage }: Props) {
  return (
    <Button
      variant="default"
      size="xs"
      aria-label={`${label} ${about}`}
      onClick={() => runAndTell(action, fields, doneMessage)}
    >
      {label}
    </Button>
  );
}
