import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { pageQuery } from "#app/(auth)/page-query.ts";
import { SignUpForm } from "#app/(auth)/sign-up/sign-up-form.tsx";
import { signedInUser } from "#lib/supabase/server.ts";

export const metadata: Metadata = { title: "Make an account" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignUpPage({ searchParams }: Props) {
  const { next, withNext } = pageQuery(await searchParams);
  if ((await signedInUser()) !== null) redirect(next);
  return <SignUpForm next={next} signInHref={withNext("/sign-in")} />;
}
