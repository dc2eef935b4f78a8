import { createHash, timingSafeEqual } from "node:crypto";
import { dataEnv } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { capQueueDepth } from "#lib/launch/caps.ts";
import { metricsText } from "#lib/metrics.ts";
import { problemResponse } from "#lib/problem.ts";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

function mayRead(request: Request): boolean {
  const token = dataEnv().GANTRY_METRICS_TOKEN;
  if (token === undefined) return true;
  const sent = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  return timingSafeEqual(digest(sent), digest(token));
}

/** This process's measurements as Prometheus reads them. Asks for GANTRY_METRICS_TOKEN as a bearer token when that is set. */
export const GET = async (request: Request): Promise<Response> => {
  if (!mayRead(request)) return problemResponse(new AppError("unauthenticated", "Send the metrics token."));
  const { body, contentType } = await metricsText(capQueueDepth());
  return new Response(body, { headers: { "content-type": contentType, "cache-control": "no-store" } });
};
