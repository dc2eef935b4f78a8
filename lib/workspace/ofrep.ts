import { createHash } from "node:crypto";
import { z } from "zod";
import type { Flag } from "./flags.ts";

/** What an OpenFeature provider sends (OFREP 0.3). Our switches look at no context; it only has to be one. */
export const EvaluationRequest = z.looseObject({
  context: z.looseObject({ targetingKey: z.string().optional() }).optional(),
});

/** The evaluation of one flag (OFREP 0.3). */
export interface Evaluation {
  key: string;
  value: boolean;
  reason: "STATIC";
  variant: "on" | "off";
  metadata: { description: string; version: number; updatedAt: string };
}

/** A flag as OFREP has it. The reason is STATIC: a switch has one value for everybody. */
export function evaluationOf(flag: Flag): Evaluation {
  return {
    key: flag.key,
    value: flag.enabled,
    reason: "STATIC",
    variant: flag.enabled ? "on" : "off",
    metadata: {
      description: flag.description,
      version: flag.version,
      updatedAt: new Date(flag.updated_at).toISOString(),
    },
  };
}

/** A strong validator of a body: equal for equal bytes. */
export function entityTag(body: string): string {
  return `"${createHash("sha256").update(body).digest("base64url")}"`;
}

/** Whether an If-None-Match header names this tag. Compares weakly, as RFC 9110 asks. */
export function matchesTag(ifNoneMatch: string | null, tag: string): boolean {
  if (ifNoneMatch === null) return false;
  const tags = ifNoneMatch.split(",").map((text) => text.trim().replace(/^W\//, ""));
  return tags.includes(tag) || tags.includes("*");
}

const ErrorDocument = z.object({
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string() })).default([]),
});

function errorCodeOf(code: string, atPath: string | undefined): string {
  if (code === "not_found") return "FLAG_NOT_FOUND";
  if (code === "unsupported_media_type") return "PARSE_ERROR";
  if (code === "invalid_input") return atPath?.startsWith("context") ? "INVALID_CONTEXT" : "PARSE_ERROR";
  return "GENERAL";
}

/**
 * Says an error the way OFREP does: takes the problem document that `route` renders and answers with the same status and headers and
 * `{key?, errorCode, errorDetails}`. Any other response passes as it is.
 */
export async function inOfrepWords(response: Response, key: string | undefined): Promise<Response> {
  if (response.headers.get("content-type") !== "application/problem+json") return response;
  const problem = ErrorDocument.parse(await response.json());
  const headers = new Headers(response.headers);
  headers.set("content-type", "application/json");
  const body = {
    ...(key === undefined ? {} : { key }),
    errorCode: errorCodeOf(problem.code, problem.errors[0]?.path),
    errorDetails: problem.detail,
  };
  return new Response(JSON.stringify(body), { status: response.status, headers });
}
