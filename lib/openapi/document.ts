import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { ERRORS, type ErrorCode } from "#lib/errors.ts";
import { Problem } from "#lib/problem.ts";
import { OPERATIONS, type Operation } from "./operations.ts";

/** What any operation may answer besides its own refusals. */
const ALWAYS: ErrorCode[] = ["unauthenticated", "forbidden", "rate_limited", "internal", "unavailable"];

const rateLimitHeaders = z.object({
  "RateLimit-Policy": z.string().optional().meta({ example: '"pl-user-daily";q=1000;w=86400' }),
  RateLimit: z.string().optional().meta({ example: '"pl-user-daily";r=12;t=5400' }),
  "Retry-After": z.string().optional().meta({ description: "Seconds, on a refusal that knows a time" }),
  "Idempotent-Replayed": z.literal("true").optional().meta({ description: "This is the recorded answer of a key seen before" }),
});

function problems(codes: ErrorCode[]) {
  const byStatus = Map.groupBy(codes, (code) => ERRORS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      String(status),
      {
        description: same.map((code) => `\`${code}\`: ${ERRORS[code].title}`).join("\n\n"),
        content: { "application/problem+json": { schema: Problem } },
      },
    ]),
  );
}

function success(operation: Operation) {
  if (operation.answer === undefined) return { "204": { description: "Done" } };
  return {
    "200": {
      description: operation.decides === true ? "The decision, allowed or not" : "Done",
      ...(operation.decides === true ? { headers: rateLimitHeaders } : {}),
      content: { "application/json": { schema: operation.answer } },
    },
  };
}

function operationObject(operation: Operation): ZodOpenApiOperationObject {
  const { params, headers } = operation;
  const needs = `Needs the scope \`${operation.scope}\`.`;
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    description: operation.description === undefined ? needs : `${operation.description}\n\n${needs}`,
    requestParams: { ...(params ? { path: params } : {}), ...(headers ? { header: headers } : {}) },
    ...(operation.body === undefined
      ? {}
      : { requestBody: { required: true, content: { "application/json": { schema: operation.body } } } }),
    responses: { ...success(operation), ...problems([...operation.refuses, ...ALWAYS]) },
  };
}

function paths(): ZodOpenApiPathsObject {
  const made: ZodOpenApiPathsObject = {};
  for (const operation of OPERATIONS) {
    made[operation.path] = { ...made[operation.path], [operation.method]: operationObject(operation) };
  }
  return made;
}

let document: ReturnType<typeof createDocument> | undefined;

/** The OpenAPI 3.1 document of /api/v1, made of the schemas that parse the requests. Made once. */
export function openApiDocument(): ReturnType<typeof createDocument> {
  document ??= createDocument({
    openapi: "3.1.0",
    info: {
      title: "Gantry",
      version: "1.0.0",
      description:
        "Ask before each registration, purchase and creator onboarding whether the country may take it today. Every error is `application/problem+json` with a stable `code`.",
    },
    servers: [{ url: "/", description: "This server. The gate serves the cap checks of the same paths on its own port." }],
    security: [{ bearer: [] }, { header: [] }],
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", bearerFormat: "gty_…" },
        header: { type: "apiKey", in: "header", name: "X-API-Key" },
      },
    },
    tags: [...new Set(OPERATIONS.map((operation) => operation.tag))].map((name) => ({ name })),
    paths: paths(),
  });
  return document;
}
