"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { authProblem, tellsOfAccount } from "#app/(auth)/auth-problem.ts";
import { callbackLink } from "#app/(auth)/callback-link.ts";
import { type AuthState, fieldProblems, typedValues } from "#app/(auth)/form-state.ts";
import { SignUp } from "#app/(auth)/schema.ts";
import { assertSameOrigin } from "#lib/origin.ts";
import { safePath } from "#lib/safe-path.ts";
import { authWriter } from "#lib/supabase/server.ts";

/** Makes an account and sends its confirmation. A known address gets the same answer as a new one. */
export async function signUp(_previous: AuthState, form: FormData): Promise<AuthState> {
  assertSameOrigin(await headers());
  const typed = typedValues(form);
  const input = SignUp.safeParse(Object.fromEntries(form));
  if (!input.success) return { ...typed, fields: fieldProblems(input.error) ?? {} };
  const { email, password, name, next } = input.data;
  const { data, error } = await (await authWriter()).auth.signUp({
    email,
    password,
    options: { data: { name }, emailRedirectTo: callbackLink(next) },
  });
  if (error !== null && !tellsOfAccount(error)) {
    if (error.code === "weak_password") return { ...typed, fields: { password: authProblem(error) } };
    return { ...typed, message: authProblem(error) };
  }
  if (data.session !== null) redirect(safePath(next));
  return { ...typed, done: "check_mail" };
}
