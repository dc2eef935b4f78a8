"use client";

import { type ComponentProps, type SubmitEvent, startTransition } from "react";

type ActionFormProps = Omit<ComponentProps<"form">, "action" | "onSubmit"> & {
  /** The dispatcher of `useActionState`. */
  action: (form: FormData) => void;
};

/** A form for a server action that keeps what was typed when it is refused, and still works before scripts have loaded. */
export function ActionForm({ action, ...rest }: ActionFormProps) {
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    // React empties a form after its action, also after a refusal; sent by hand it stays as typed.
    event.preventDefault();
    const form = new FormData(event.currentTarget, event.nativeEvent.submitter);
    startTransition(() => action(form));
  };
  return <form {...rest} action={action} onSubmit={submit} />;
}
