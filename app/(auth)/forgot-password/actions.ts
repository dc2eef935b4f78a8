"use server";

import { headers } from "next/headers";
import { authProblem, tellsOfAccount } from "#app/(auth)/auth-problem.ts";
import { callbackLink } from "#app/(auth)/callback-link.ts";
import { type AuthState, fieldProblems, typedValues } from "#app/(auth)/form-state.ts";
import { EmailOnly } from "#app/(auth)/schema.ts";
import { assertSameOrigin } from "#lib/origin.ts";
import { authWriter } from "#lib/supabase/server.ts";

/** Sends a link that sets a new password. The answer is the same whether or not the address has an account. */
export async function requestReset(_previous: AuthState, form: FormData): Promise<AuthState> {
  assertSameOrigin(await headers());
  const typed = typedValues(form);
  const input = EmailOnly.safeParse(Object.fromEntries(form));
  if (!input.success) return { ...typed, fields: fieldProblems(input.error) ?? {} };
  const { error } = await (await authWriter()).auth.resetPasswordForEmail(input.data.email, {
    redirectTo: callbackLink("/reset-password"),
  });
  if (error !== null && !tellsOfAccount(error)) return { ...typed, message: authProblem(error) };
  return { ...typed, done: "reset_sent" };
}
