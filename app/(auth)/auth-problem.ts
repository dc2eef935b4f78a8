import { type AuthError, isAuthRetryableFetchError } from "@supabase/supabase-js";

const SENTENCES: Record<string, string> = {
  invalid_credentials: "That e-mail address and password don't belong together.",
  email_not_confirmed: "This address isn't confirmed yet. Open the link we sent to it, or ask for a new one.",
  user_banned: "This account is locked. Ask an owner of your workspace.",
  weak_password: "This password is too easy to guess. Use a longer one.",
  same_password: "This is your present password. Choose another.",
  signup_disabled: "Sign-up is closed. Ask an owner of a workspace for an invitation.",
  email_address_invalid: "This address can't receive mail. Check it for typing errors.",
  email_address_not_authorized:
    "This address can't receive mail from here yet. Ask an owner of your workspace.",
  over_request_rate_limit: "Too many attempts. Wait a minute, then try again.",
  session_not_found: "This link has been used or has expired. Ask for a new one.",
};

const TELLING: readonly string[] = ["user_already_exists", "email_exists", "over_email_send_rate_limit"];

/**
 * Whether an answer about mail must read like a success: these errors only occur for an address that has an account
 * (an unknown one is never sent too many messages), so showing them would tell which addresses do.
 */
export function tellsOfAccount(error: AuthError): boolean {
  return error.code !== undefined && TELLING.includes(error.code);
}

/** A sentence a person can act on. What it doesn't know, it doesn't repeat. */
export function authProblem(error: AuthError): string {
  if (isAuthRetryableFetchError(error)) return "Sign-in can't be reached just now. Try again in a moment.";
  const known = error.code === undefined ? undefined : SENTENCES[error.code];
  if (known !== undefined) return known;
  return error.status === 429
    ? "Too many attempts. Wait a minute, then try again."
    : "That didn't work. Try again; if it keeps failing, ask an owner of your workspace.";
}
