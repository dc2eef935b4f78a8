import { createServerClient } from "@supabase/ssr";
import { isAuthRetryableFetchError } from "@supabase/supabase-js";
import { type NextRequest, NextResponse } from "next/server";
import { authServer, sessionCookie } from "#lib/supabase/settings.ts";

export type RefreshedSession = {
  /** Passes the request on, with the renewed session in both directions. */
  response: NextResponse;
  /** `unknown` when the auth server can't be reached: the page decides what to say. */
  visitor: "signed_in" | "signed_out" | "unknown";
};

/** Renews an expiring session before the page is rendered. `extra` are headers the page reads. */
export async function refreshSession(
  request: NextRequest,
  extra: Record<string, string>,
): Promise<RefreshedSession> {
  const pass = () => {
    const headers = new Headers(request.headers);
    for (const [name, value] of Object.entries(extra)) headers.set(name, value);
    return NextResponse.next({ request: { headers } });
  };
  let response = pass();
  const { url, key } = authServer();
  const { auth } = createServerClient(url, key, {
    cookieOptions: sessionCookie(),
    cookies: {
      getAll: () => request.cookies.getAll(),
      setAll: (changes, noCaching) => {
        for (const { name, value } of changes) request.cookies.set(name, value);
        response = pass();
        for (const { name, value, options } of changes) response.cookies.set(name, value, options);
        for (const [name, value] of Object.entries(noCaching)) response.headers.set(name, value);
      },
    },
  });
  const { data, error } = await auth.getClaims();
  if (isAuthRetryableFetchError(error)) return { response, visitor: "unknown" };
  return { response, visitor: data === null ? "signed_out" : "signed_in" };
}
