import type { CapAnswer } from "./schema.ts";

function secondsUntil(time: string, now: number): number {
  return Math.max(Math.ceil((Date.parse(time) - now) / 1000), 0);
}

/**
 * RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-11), and Retry-After on a refusal that knows a time. `w` is nominal: a
 * local day has 23 to 25 hours, `t` is exact.
 */
export function capHeaders(answer: CapAnswer, now: number = Date.now()): Record<string, string> {
  const headers: Record<string, string> = {};
  if (answer.cap !== null && answer.remaining !== null && answer.resets_at !== null) {
    const policy = `"${answer.country.toLowerCase()}-${answer.operation}-daily"`;
    headers["ratelimit-policy"] = `${policy};q=${answer.cap};w=86400`;
    headers.ratelimit = `${policy};r=${answer.remaining};t=${secondsUntil(answer.resets_at, now)}`;
  }
  if (answer.retry_after !== null) headers["retry-after"] = String(secondsUntil(answer.retry_after, now));
  return headers;
}
