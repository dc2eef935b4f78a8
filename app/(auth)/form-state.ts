import type { z } from "zod";

export type AuthField = "name" | "email" | "password" | "again";

/** What a sign-in form shows after it was sent. Passwords are never sent back. */
export type AuthState = {
  /** Why it was refused, and what to do. */
  message?: string;
  fields?: Partial<Record<AuthField, string>>;
  /** Refills the form. */
  name?: string;
  email?: string;
  /** The form is done; the page says what happens next. */
  done?: "check_mail" | "reset_sent" | "resent";
  /** Signing in failed for want of a confirmed address; a new message can be asked for. */
  unconfirmed?: boolean;
};

const FIELDS: readonly AuthField[] = ["name", "email", "password", "again"];

/** The first problem of each field, in words. */
export function fieldProblems(error: z.ZodError): AuthState["fields"] {
  const problems: NonNullable<AuthState["fields"]> = {};
  for (const issue of error.issues) {
    const field = FIELDS.find((name) => name === issue.path[0]);
    if (field !== undefined) problems[field] ??= issue.message;
  }
  return problems;
}

/** What was typed, to refill the form after a refusal. */
export function typedValues(form: FormData): Pick<AuthState, "name" | "email"> {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value.slice(0, 254) : "";
  };
  return { name: text("name"), email: text("email") };
}
