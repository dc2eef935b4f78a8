import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "#lib/content-security-policy.ts";
import { refreshSession } from "#lib/supabase/proxy.ts";

// Set by next.config.ts.
declare const GANTRY_DEVELOPMENT: boolean;

// Everything else is a workspace's page. This only saves a signed-out visitor a detour; pages check for themselves.
const OPEN =
  /^\/(?:$|(?:auth|docs|sign-in|sign-up|forgot-password|reset-password|invitations|shared-reports)(?:\/|$))/;

function signInFirst(request: NextRequest, refreshed: NextResponse): NextResponse {
  const url = new URL("/sign-in", request.url);
  url.searchParams.set("next", request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.redirect(url);
  for (const cookie of refreshed.cookies.getAll()) response.cookies.set(cookie);
  return response;
}

/** Before a page: renews the session, gives the page its nonce, and sends a signed-out visitor to sign in. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const policy = contentSecurityPolicy(nonce, GANTRY_DEVELOPMENT);
  const { response, visitor } = await refreshSession(request, {
    "x-nonce": nonce,
    "content-security-policy": policy,
  });
  const isRead = request.method === "GET" || request.method === "HEAD";
  const isStream = request.nextUrl.pathname.endsWith("/live");
  if (visitor === "signed_out" && isRead && !isStream && !OPEN.test(request.nextUrl.pathname)) {
    return signInFirst(request, response);
  }
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = {
  matcher: ["/((?!api/|ofrep/|go/|q/|_next/|.*\\.[a-z0-9]+$).*)"],
};
