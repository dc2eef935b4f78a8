import { serverEnv } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";

function hostOf(url: string): string | null {
  return URL.parse(url)?.host ?? null;
}

/**
 * Whether a page of this site sent the request: its `Origin` names the host it was sent to (`Host`,
 * `X-Forwarded-Host`) or the configured site. Without an `Origin` it did not.
 */
export function isSameOrigin(headers: Headers): boolean {
  const origin = hostOf(headers.get("origin") ?? "");
  const forwarded = headers.get("x-forwarded-host")?.split(",")[0]?.trim();
  return (
    origin !== null && [headers.get("host"), forwarded, hostOf(serverEnv().GANTRY_SITE_URL)].includes(origin)
  );
}

/** Lets a state-changing request through only when a page of this site sent it. Throws `forbidden`. */
export function assertSameOrigin(headers: Headers): void {
  if (!isSameOrigin(headers)) {
    throw new AppError("forbidden", "This request didn't come from a page of this site.");
  }
}
