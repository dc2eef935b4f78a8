import { createServerClient } from "@supabase/ssr";
import { isAuthRetryableFetchError, type SupabaseClient } from "@supabase/supabase-js";
import { cookies } from "next/headers";
import { cache } from "react";
import { AppError } from "#lib/errors.ts";
import { authServer, sessionCookie } from "#lib/supabase/settings.ts";

/** The auth client of a page: it reads the session that proxy.ts has just refreshed and can't change it. */
async function authReader(): Promise<SupabaseClient> {
  const store = await cookies();
  const { url, key } = authServer();
  return createServerClient(url, key, {
    cookieOptions: sessionCookie(),
    cookies: { getAll: () => store.getAll() },
  });
}

/** The auth client of a server action or route handler: signing in and out changes the session cookies. */
export async function authWriter(): Promise<SupabaseClient> {
  const store = await cookies();
  const { url, key } = authServer();
  return createServerClient(url, key, {
    cookieOptions: sessionCookie(),
    cookies: {
      getAll: () => store.getAll(),
      setAll: (changes) => {
        for (const { name, value, options } of changes) store.set(name, value, options);
      },
    },
  });
}

/** Ends this browser's session. It is gone from the browser even when the auth server can't be told. */
export async function endSession(): Promise<void> {
  const { auth } = await authWriter();
  await auth.signOut({ scope: "local" });
  const store = await cookies();
  for (const { name } of store.getAll()) if (name.startsWith("sb-")) store.delete(name);
}

export type SignedInUser = { id: string; email: string; name: string };

/** Who is signed in, verified with the auth server's key; `null` for nobody. Asked once per request. Throws `unavailable`. */
export const signedInUser = cache(async (): Promise<SignedInUser | null> => {
  const auth = (await authReader()).auth;
  const { data, error } = await auth.getClaims();
  if (isAuthRetryableFetchError(error)) {
    throw new AppError("unavailable", "Sign-in can't be reached just now.", { cause: error });
  }
  if (data === null) return null;
  const { sub, email = "", user_metadata: profile } = data.claims;
  const name: unknown = profile?.name ?? profile?.full_name;
  return { id: sub, email, name: typeof name === "string" && name !== "" ? name : email };
});
