import { z } from "zod";
import { toAppError } from "#lib/db/sqlstate.ts";
import { type AppError, ERRORS } from "#lib/errors.ts";
import { log } from "#lib/log.ts";

/** What an error looks like on the wire (RFC 9457). */
export const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.enum(Object.keys(ERRORS) as [keyof typeof ERRORS, ...(keyof typeof ERRORS)[]]),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;

/** The problem document of an error. */
export function problemOf(error: AppError, instance: string): Problem {
  const { status, title } = ERRORS[error.code];
  return {
    ...error.details,
    type: `urn:gantry:problem:${error.code}`,
    title,
    status,
    detail: error.message,
    instance,
    code: error.code,
    ...(error.errors.length > 0 ? { errors: error.errors } : {}),
  };
}

/** Renders whatever was thrown as application/problem+json. An unknown error is logged once, with the id the caller sees, and says nothing. */
export function problemResponse(thrown: unknown): Response {
  const error = toAppError(thrown);
  const id = crypto.randomUUID();
  if (error.code === "internal") log().error({ err: thrown, id }, "request failed");
  const problem = problemOf(error, `urn:uuid:${id}`);
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store" });
  if (error.retryAfter !== undefined) headers.set("retry-after", String(error.retryAfter));
  // The rest of the body is not read, so nothing can follow it on this connection.
  if (error.code === "too_large") headers.set("connection", "close");
  if (error.code === "unauthenticated") headers.set("www-authenticate", 'Bearer realm="gantry"');
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
