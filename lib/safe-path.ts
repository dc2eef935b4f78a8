const BASE = "http://site.invalid";
// The sign-in pages themselves would send a person in circles.
const CIRCULAR = /^\/(auth|sign-in|sign-up|forgot-password)(\/|\?|$)/;

/** The path and query a person may be sent on to: only ever one of this site's own pages, else `/`. */
export function safePath(next: unknown): string {
  if (typeof next !== "string" || !next.startsWith("/") || next.startsWith("//")) return "/";
  const url = URL.parse(next, BASE);
  if (url === null || url.origin !== BASE || url.pathname.startsWith("//")) return "/";
  const path = url.pathname + url.search;
  return CIRCULAR.test(path) ? "/" : path;
}
