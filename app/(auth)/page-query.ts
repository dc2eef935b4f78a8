import { NOTICES, type Notice } from "#app/auth/redirects.ts";
import { safePath } from "#lib/safe-path.ts";

const CALM: readonly Notice[] = ["signed_out", "other_browser"];

/** What a sign-in page is told by its address: where to go afterwards and what to say first. Unknown notices say nothing. */
export function pageQuery(query: Record<string, string | string[] | undefined>) {
  const next = safePath(query.next);
  const key = Object.keys(NOTICES).find((name): name is Notice => name === query.notice);
  return {
    next,
    notice: key === undefined ? null : { text: NOTICES[key], tone: CALM.includes(key) ? "accent" : "yellow" },
    /** A link to another sign-in page that keeps `next`. */
    withNext: (path: string) => (next === "/" ? path : `${path}?${new URLSearchParams({ next })}`),
  };
}
