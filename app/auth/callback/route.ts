import type { NextRequest } from "next/server";
import { goTo, signInWithNotice } from "#app/auth/redirects.ts";
import { authWriter } from "#lib/supabase/server.ts";

/** Where Google and the auth server's own mail links come back to: trades `code` for a session and goes on to `next`. */
export async function GET(request: NextRequest): Promise<Response> {
  const query = request.nextUrl.searchParams;
  const code = query.get("code");
  const next = query.get("next");
  if (code === null)
    return signInWithNotice(query.get("error_code") === "otp_expired" ? "link_expired" : "link_failed", next);
  const { error } = await (await authWriter()).auth.exchangeCodeForSession(code);
  if (error === null) return goTo(next);
  // The secret half stays in the browser that asked: opened elsewhere, the address is confirmed but nobody is signed in.
  const elsewhere = error.code === "bad_code_verifier" || error.name === "AuthPKCECodeVerifierMissingError";
  return signInWithNotice(elsewhere ? "other_browser" : "link_expired", next);
}
