"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { authProblem, tellsOfAccount } from "#app/(auth)/auth-problem.ts";
import { callbackLink } from "#app/(auth)/callback-link.ts";
import { type AuthState, fieldProblems, typedValues } from "#app/(auth)/form-state.ts";
import { EmailOnly, SignIn } from "#app/(auth)/schema.ts";
import { assertSameOrigin } from "#lib/origin.ts";
import { safePath } from "#lib/safe-path.ts";
import { authWriter } from "#lib/supabase/server.ts";

/** Signs in with a password and goes on to `next`; the form's second button (`intent=resend`) asks for the confirmation again. */
export async function signIn(_previous: AuthState, form: FormData): Promise<AuthState> {
  assertSameOrigin(await headers());
  if (form.get("intent") === "resend") return resendConfirmation(form);
  const typed = typedValues(form);
  const input = SignIn.safeParse(Object.fromEntries(form));
  if (!input.success) return { ...typed, fields: fieldProblems(input.error) ?? {} };
  const { email, password, next } = input.data;
  const { error } = await (await authWriter()).auth.signInWithPassword({ email, password });
  if (error !== null) {
    return { ...typed, message: authProblem(error), unconfirmed: error.code === "email_not_confirmed" };
  }
  redirect(safePath(next));
}

async function resendConfirmation(form: FormData): Promise<AuthState> {
  const typed = typedValues(form);
  const input = EmailOnly.safeParse(Object.fromEntries(form));
  if (!input.success) return { ...typed, unconfirmed: true, fields: fieldProblems(input.error) ?? {} };
  const { email, next } = input.data;
  const { error } = await (await authWriter()).auth.resend({
    type: "signup",
    email,
    options: { emailRedirectTo: callbackLink(next) },
  });
  if (error !== null && !tellsOfAccount(error)) {
    return { ...typed, unconfirmed: true, message: authProblem(error) };
  }
  return { ...typed, done: "resent" };
}
