import { serverEnv } from "#lib/env.ts";
import { safePath } from "#lib/safe-path.ts";

/** The address the auth server sends a person back to, from a mail or from Google; it goes on to `next`. */
export function callbackLink(next: unknown): string {
  const url = new URL("/auth/callback", serverEnv().GANTRY_SITE_URL);
  const path = safePath(next);
  if (path !== "/") url.searchParams.set("next", path);
  return url.href;
}
