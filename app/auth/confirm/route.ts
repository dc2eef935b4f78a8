import type { EmailOtpType } from "@supabase/supabase-js";
import type { NextRequest } from "next/server";
import { goTo, innerNext, signInWithNotice } from "#app/auth/redirects.ts";
import { authWriter } from "#lib/supabase/server.ts";

const TYPES: readonly EmailOtpType[] = ["signup", "recovery", "email_change", "invite", "magiclink", "email"];

/** Where the links in our mails lead: verifies `token_hash`, signs in, and goes on. A used or expired link says so. */
export async function GET(request: NextRequest): Promise<Response> {
  const query = request.nextUrl.searchParams;
  const tokenHash = query.get("token_hash");
  const type = TYPES.find((known) => known === query.get("type"));
  const next = innerNext(query.get("next"));
  if (tokenHash === null || type === undefined) return signInWithNotice("link_failed", next);
  const { error } = await (await authWriter()).auth.verifyOtp({ token_hash: tokenHash, type });
  if (error !== null) {
    if (error.status === undefined || error.status === 0 || error.status >= 500)
      return signInWithNotice("unreachable", next);
    return signInWithNotice(type === "recovery" ? "reset_expired" : "link_expired", next);
  }
  return goTo(type === "recovery" || type === "invite" ? "/reset-password" : next);
}
