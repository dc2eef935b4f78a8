import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthTitle } from "#app/(auth)/parts.tsx";
import { ResetForm } from "#app/(auth)/reset-password/reset-form.tsx";
import { signedInUser } from "#lib/supabase/server.ts";

export const metadata: Metadata = { title: "Set a new password" };

export default async function ResetPasswordPage() {
  const user = await signedInUser();
  if (user === null) redirect("/forgot-password?notice=reset_expired");
  return (
    <>
      <AuthTitle title="Set a new password">
        For <strong>{user.email}</strong>. Your other devices are signed out.
      </AuthTitle>
      <ResetForm email={user.email} />
    </>
  );
}
