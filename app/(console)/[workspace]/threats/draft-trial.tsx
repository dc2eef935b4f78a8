"use client";

import { Alert, Button } from "@mantine/core";
import { type ReactNode, useState, useTransition } from "react";
import { type FormAction, type FormState, formProblem } from "#components/form-state.ts";

type Props<Data> = {
  /** Receives the inputs of the form around it and changes nothing. */
  action: FormAction<Data>;
  label: string;
  children: (data: Data) => ReactNode;
};

function problemOf(state: FormState): string | undefined {
  const [first] = Object.values(state.validationErrors?.fieldErrors ?? {}).flatMap((texts) => texts ?? []);
  return formProblem(state) ?? first;
}

/** A button inside a form that tries what the form holds before it is sent, and shows what came of it. */
export function DraftTrial<Data>({ action, label, children }: Props<Data>) {
  const [state, setState] = useState<FormState<Data>>({});
  const [trying, startTrying] = useTransition();
  const tryForm = (form: HTMLFormElement | null) => {
    if (form === null) return;
    startTrying(async () => setState(await action({}, new FormData(form))));
  };
  const problem = problemOf(state);
  return (
    <div>
      <Button variant="default" loading={trying} onClick={(event) => tryForm(event.currentTarget.form)}>
        {label}
      </Button>
      <div aria-live="polite">
        {problem !== undefined && (
          <Alert color="red" mt="sm">
            {problem}
          </Alert>
        )}
        {state.data !== undefined && children(state.data)}
      </div>
    </div>
  );
}
