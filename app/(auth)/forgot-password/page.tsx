import { Alert } from "@mantine/core";
import type { Metadata } from "next";
import { ForgotForm } from "#app/(auth)/forgot-password/forgot-form.tsx";
import { pageQuery } from "#app/(auth)/page-query.ts";

export const metadata: Metadata = { title: "Set a new password" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ForgotPasswordPage({ searchParams }: Props) {
  const { notice } = pageQuery(await searchParams);
  return (
    <>
      {notice !== null && (
        <Alert mb="md" color={notice.tone} role="status">
          {notice.text}
        </Alert>
      )}
      <ForgotForm />
    </>
  );
}
