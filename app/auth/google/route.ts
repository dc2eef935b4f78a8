import type { NextRequest } from "next/server";
import { callbackLink } from "#app/(auth)/callback-link.ts";
import { signInWithNotice } from "#app/auth/redirects.ts";
import { serverEnv } from "#lib/env.ts";
import { authWriter } from "#lib/supabase/server.ts";

/** Sends the browser to Google. A link and not a form, because `form-action 'self'` forbids a form that ends elsewhere. */
export async function GET(request: NextRequest): Promise<Response> {
  const next = request.nextUrl.searchParams.get("next");
  if (serverEnv().NEXT_PUBLIC_GOOGLE_ENABLED !== "1") return signInWithNotice("link_failed", next);
  const { data } = await (await authWriter()).auth.signInWithOAuth({
    provider: "google",
    options: { redirectTo: callbackLink(next), skipBrowserRedirect: true },
  });
  if (data.url === null) return signInWithNotice("unreachable", next);
  return new Response(null, { status: 303, headers: { location: data.url, "cache-control": "no-store" } });
}
