"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { authProblem } from "#app/(auth)/auth-problem.ts";
import { type AuthState, fieldProblems } from "#app/(auth)/form-state.ts";
import { ResetPassword } from "#app/(auth)/schema.ts";
import { assertSameOrigin } from "#lib/origin.ts";
import { authWriter } from "#lib/supabase/server.ts";

/** Sets a new password for whoever came in by a reset link, and signs every other device out. */
export async function setPassword(_previous: AuthState, form: FormData): Promise<AuthState> {
  assertSameOrigin(await headers());
  const input = ResetPassword.safeParse(Object.fromEntries(form));
  if (!input.success) return { fields: fieldProblems(input.error) ?? {} };
  const { auth } = await authWriter();
  const { error } = await auth.updateUser({ password: input.data.password });
  if (error !== null) {
    const onField = error.code === "weak_password" || error.code === "same_password";
    return onField ? { fields: { password: authProblem(error) } } : { message: authProblem(error) };
  }
  const others = await auth.signOut({ scope: "others" });
  redirect(others.error === null ? "/" : "/?notice=other_devices");
}
