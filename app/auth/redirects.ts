import { safePath } from "#lib/safe-path.ts";

/** What the sign-in page says to someone whom a link or Google sent back without a session. */
export const NOTICES = {
  link_expired: "That link has been used or has expired. Sign in, or ask for a new one.",
  link_failed: "That link is incomplete. Open it again from the message, or ask for a new one.",
  reset_expired: "That link has been used or has expired. Ask for a new one below.",
  other_browser: "Your address is confirmed. Sign in to go on.",
  unreachable: "Sign-in can't be reached just now. Open the link again in a moment.",
  signed_out: "You are signed out.",
} as const;

export type Notice = keyof typeof NOTICES;

function see(path: string): Response {
  return new Response(null, {
    status: 303,
    headers: { location: path, "cache-control": "private, no-store" },
  });
}

/** On to a page of this site. */
export function goTo(next: unknown): Response {
  return see(safePath(next));
}

/** To the sign-in page (for a stale reset link, to the page that sends a new one), which shows the notice and keeps `next`. */
export function signInWithNotice(notice: Notice, next: unknown = null): Response {
  const query = new URLSearchParams({ notice });
  const path = safePath(next);
  if (path !== "/") query.set("next", path);
  return see(`${notice === "reset_expired" ? "/forgot-password" : "/sign-in"}?${query}`);
}

/** A mail template may hand over the whole callback address as `next`; what counts is the `next` inside it. */
export function innerNext(next: string | null): string | null {
  if (next === null || next.startsWith("/")) return next;
  return URL.parse(next)?.searchParams.get("next") ?? null;
}
