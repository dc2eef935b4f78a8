import type { NextRequest } from "next/server";
import { signInWithNotice } from "#app/auth/redirects.ts";
import { ERRORS } from "#lib/errors.ts";
import { isSameOrigin } from "#lib/origin.ts";
import { endSession } from "#lib/supabase/server.ts";

/** Ends this browser's session. Only for a POST from our own page, so that no other site can sign a person out. */
export async function POST(request: NextRequest): Promise<Response> {
  const { title, status } = ERRORS.forbidden;
  if (!isSameOrigin(request.headers)) return new Response(title, { status });
  await endSession();
  return signInWithNotice("signed_out");
}
