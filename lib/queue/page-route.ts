import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "#lib/errors.ts";
import { recordRequest } from "#lib/metrics.ts";
import { problemResponse } from "#lib/problem.ts";
import type { Handler } from "#lib/route.ts";

const PER_MINUTE = 60;
const limiter = new RateLimiterMemory({ points: PER_MINUTE, duration: 60 });

/** Counts a look at a ticket's page that was found: null, or beyond 60 a minute the seconds until the next may follow. */
export async function countLook(token: string): Promise<number | null> {
  try {
    await limiter.consume(token);
    return null;
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return Math.ceil(refusal.msBeforeNext / 1000);
  }
}

/** The same for programs: throws rate_limited beyond 60 a minute. */
export async function spendLook(token: string): Promise<void> {
  const retryAfter = await countLook(token);
  if (retryAfter !== null) {
    throw new AppError("rate_limited", "This ticket was looked at too often. Wait a little.", { retryAfter });
  }
}

/**
 * Makes a route of the waiting page: keyless, for whoever has the ticket's token. `refuse` renders what was thrown: a problem document, or for
 * a person a page.
 */
export function pageRoute(
  path: string,
  verb: (request: Request, token: string) => Promise<Response>,
  refuse: (thrown: unknown, request: Request) => Response = problemResponse,
): Handler {
  return async (request, context) => {
    const startedAt = performance.now();
    const { token } = await context.params;
    const response = await verb(request, String(token)).catch((error: unknown) => refuse(error, request));
    recordRequest(
      { route: path, method: request.method, status: response.status },
      (performance.now() - startedAt) / 1000,
    );
    return response;
  };
}
