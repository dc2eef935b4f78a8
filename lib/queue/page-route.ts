import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "#lib/errors.ts";
import { recordRequest } from "#lib/metrics.ts";
import { problemResponse } from "#lib/problem.ts";
import type { Handler } from "#lib/route.ts";

const PER_MINUTE = 60;
const limiter = new RateLimiterMemory({ points: PER_MINUTE, duration: 60 });

/** Counts a look at a ticket's page that was found. Throws rate_limited beyond 60 a minute. */
export async function spendLook(token: string): Promise<void> {
  try {
    await limiter.consume(token);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new AppError("rate_limited", "This ticket was looked at too often. Wait a little.", {
      retryAfter: Math.ceil(refusal.msBeforeNext / 1000),
    });
  }
}

/** Makes a route of the waiting page: keyless, for whoever has the ticket's token. An error is a problem document. */
export function pageRoute(
  path: string,
  verb: (request: Request, token: string) => Promise<Response>,
): Handler {
  return async (request, context) => {
    const startedAt = performance.now();
    const response = await answer(verb, request, context);
    recordRequest(
      { route: path, method: request.method, status: response.status },
      (performance.now() - startedAt) / 1000,
    );
    return response;
  };
}

async function answer(
  verb: (request: Request, token: string) => Promise<Response>,
  request: Request,
  context: Parameters<Handler>[1],
): Promise<Response> {
  try {
    const { token } = await context.params;
    return await verb(request, String(token));
  } catch (error) {
    return problemResponse(error);
  }
}
