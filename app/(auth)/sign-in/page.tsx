import { Alert, Button } from "@mantine/core";
import { IconBrandGoogle } from "@tabler/icons-react";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import classes from "#app/(auth)/auth.module.css";
import { pageQuery } from "#app/(auth)/page-query.ts";
import { AuthTitle } from "#app/(auth)/parts.tsx";
import { SignInForm } from "#app/(auth)/sign-in/sign-in-form.tsx";
import { serverEnv } from "#lib/env.ts";
import { signedInUser } from "#lib/supabase/server.ts";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const { next, notice, withNext } = pageQuery(await searchParams);
  if ((await signedInUser()) !== null) redirect(next);
  return (
    <>
      <AuthTitle title="Sign in" />
      {notice !== null && (
        <Alert mt="md" color={notice.tone} role="status">
          {notice.text}
        </Alert>
      )}
      <SignInForm next={next} />
      {serverEnv().NEXT_PUBLIC_GOOGLE_ENABLED === "1" && (
        <>
          <div className={classes.divider}>or</div>
          <Button
            component="a"
            href={withNext("/auth/google")}
            variant="default"
            fullWidth
            leftSection={<IconBrandGoogle size={16} />}
          >
            Continue with Google
          </Button>
        </>
      )}
      <p className={classes.other}>
        New here? <Link href={withNext("/sign-up")}>Make an account</Link>
      </p>
    </>
  );
}
