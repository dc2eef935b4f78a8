import type { CookieOptionsWithName } from "@supabase/ssr";
import { serverEnv } from "#lib/env.ts";

/** Where sign-in lives, and the key that lets anyone ask it. */
export function authServer(): { url: string; key: string } {
  const env = serverEnv();
  return { url: env.NEXT_PUBLIC_SUPABASE_URL, key: env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY };
}

/** The session cookie: out of reach of scripts, because no browser code here talks to the auth server. */
export function sessionCookie(): CookieOptionsWithName {
  const secure = serverEnv().GANTRY_SITE_URL.startsWith("https:");
  return { path: "/", sameSite: "lax", httpOnly: true, secure };
}
