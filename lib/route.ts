import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { z } from "zod";
import { countAnswer } from "#lib/answer-counts.ts";
import { AppError } from "#lib/errors.ts";
import { recordRequest } from "#lib/metrics.ts";
import { problemResponse } from "#lib/problem.ts";
import { callerOf, parse, readJson } from "#lib/request.ts";

/** What Next and the gate both hand to a route. */
export interface RouteContext {
  params: Promise<Record<string, string | string[] | undefined>>;
}

export type Handler = (request: Request, context: RouteContext) => Promise<Response>;

export interface Call<B, P, Q> {
  /** SHA-256 of the caller's API key. The verb's own statement verifies it. */
  keyHash: Buffer;
  body: B;
  params: P;
  query: Q;
  request: Request;
}

export interface RouteOptions<B extends z.ZodType, P extends z.ZodType, Q extends z.ZodType> {
  /** The path pattern, for metrics. */
  path: string;
  body?: B;
  params?: P;
  /** The address's query, each name once. */
  query?: Q;
  /** Requests a minute and key. Cap checks have none: their queue is bounded instead. */
  perMinute?: number;
}

const limiters = new Map<number, RateLimiterMemory>();

async function spend(keyHash: Buffer, perMinute: number): Promise<void> {
  let limiter = limiters.get(perMinute);
  if (limiter === undefined) {
    limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
    limiters.set(perMinute, limiter);
  }
  try {
    await limiter.consume(keyHash.toString("hex"));
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new AppError("rate_limited", `This key may ask ${perMinute} times a minute here.`, {
      retryAfter: Math.ceil(refusal.msBeforeNext / 1000),
    });
  }
}

/** A JSON answer that no cache keeps. */
export function json(
  body: unknown,
  init: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return new Response(JSON.stringify(body), {
    status: init.status ?? 200,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...init.headers },
  });
}

/**
 * Makes a route of a verb: reads who calls, parses the input, runs the verb, renders its answer or its error. A web-standard handler that
 * imports nothing of Next, so that the gate serves the same function.
 */
export function route<B extends z.ZodType, P extends z.ZodType, Q extends z.ZodType>(
  options: RouteOptions<B, P, Q>,
  verb: (call: Call<z.output<B>, z.output<P>, z.output<Q>>) => Promise<Response>,
): Handler {
  return async (request, context) => {
    const startedAt = performance.now();
    const response = await answer(options, verb, request, context);
    const { method } = request;
    const milliseconds = performance.now() - startedAt;
    recordRequest({ route: options.path, method, status: response.status }, milliseconds / 1000);
    countAnswer(response.status, milliseconds);
    return response;
  };
}

function queryOf(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams);
}

async function answer<B extends z.ZodType, P extends z.ZodType, Q extends z.ZodType>(
  options: RouteOptions<B, P, Q>,
  verb: (call: Call<z.output<B>, z.output<P>, z.output<Q>>) => Promise<Response>,
  request: Request,
  context: RouteContext,
): Promise<Response> {
  try {
    const keyHash = callerOf(request);
    if (options.perMinute !== undefined) await spend(keyHash, options.perMinute);
    const call: Call<unknown, unknown, unknown> = {
      keyHash,
      body: options.body === undefined ? undefined : parse(options.body, await readJson(request)),
      params: options.params === undefined ? undefined : parse(options.params, await context.params),
      query: options.query === undefined ? undefined : parse(options.query, queryOf(request)),
      request,
    };
    return await verb(call as Call<z.output<B>, z.output<P>, z.output<Q>>);
  } catch (error) {
    return problemResponse(error);
  }
}
