import { randomBytes } from "node:crypto";
import type { Sql } from "postgres";
import type { AuthMails } from "./auth-mails.ts";

const PAUSE_SECONDS = 30;

/**
 * Answers POST /auth/v1/resend for sign-ups, which the library refuses for good: a new link replaces the one before,
 * at most every 30 seconds. Unknown and confirmed addresses get the same 200, as on hosted Supabase.
 */
export async function resendConfirmation(db: Sql, mails: AuthMails, email: string): Promise<Response> {
  const token = randomBytes(32).toString("hex");
  const [user] = await db<{ email: string; sent: boolean }[]>`
    with pending as (
      select id, email, confirmation_sent_at < now() - make_interval(secs => ${PAUSE_SECONDS}) as due
      from auth.users
      where email = ${email.toLowerCase()} and email_confirmed_at is null and confirmation_sent_at is not null
      for update
    ), renewed as (
      update auth.users u set confirmation_token = ${token}, confirmation_sent_at = now()
      from pending where u.id = pending.id and pending.due
    )
    select email, due as sent from pending`;
  if (user && !user.sent) {
    const message = `For security purposes, you can only request this after ${PAUSE_SECONDS} seconds.`;
    return Response.json(
      { code: 429, error_code: "over_email_send_rate_limit", msg: message },
      { status: 429 },
    );
  }
  if (user) await mails.sendConfirmation(user.email, token);
  return Response.json({});
}

/** The address that a request asks to resend a sign-up's confirmation to; undefined when it asks for anything else. */
export async function signUpToResend(request: Request, apiKeys: string[]): Promise<string | undefined> {
  const { pathname } = new URL(request.url);
  if (request.method !== "POST" || pathname !== "/auth/v1/resend") return undefined;
  if (!apiKeys.includes(request.headers.get("apikey") ?? "")) return undefined;
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => undefined);
  if (typeof body !== "object" || body === null || !("type" in body) || body.type !== "signup")
    return undefined;
  return "email" in body && typeof body.email === "string" ? body.email : undefined;
}
