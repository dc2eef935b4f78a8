import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { ERRORS, type ErrorCode } from "#lib/errors.ts";
import { Problem } from "#lib/problem.ts";
import type { Operation } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";

/** What any operation may answer besides its own refusals. */
const ALWAYS: ErrorCode[] = ["unauthenticated", "forbidden", "rate_limited", "internal", "unavailable"];
/** What any operation with a body may answer too. */
const WITH_BODY: ErrorCode[] = ["invalid_input", "too_large", "unsupported_media_type"];

const PROBLEM_TABLE = Object.entries(ERRORS).map(
  ([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`,
);

const DESCRIPTION = `Ask before each registration, purchase and creator onboarding whether the country may take it today.

**A decision is a 200**, whether \`allowed\` is true or false: a refusal is data, with its \`reason\` and, when one is known, \`retry_after\`.
Anything else is an error, and an error is never a refusal.

**Send a key with each check.** The same \`Idempotency-Key\` gets the same answer for 48 hours and consumes nothing, so ask again whenever an
answer was lost.

## Errors

Every error is \`application/problem+json\` (RFC 9457). Branch on its \`code\`; the sentences may change.

| code | status | meaning |
|---|---|---|
${PROBLEM_TABLE.join("\n")}
`;

const rateLimitHeaders = z.object({
  "RateLimit-Policy": z.string().optional().meta({ example: '"pl-user-daily";q=1000;w=86400' }),
  RateLimit: z.string().optional().meta({ example: '"pl-user-daily";r=12;t=5400' }),
  "Retry-After": z.string().optional().meta({ description: "Seconds, on a refusal that knows a time" }),
  "Idempotent-Replayed": z
    .literal("true")
    .optional()
    .meta({ description: "This is the recorded answer of a key seen before" }),
});

function problems(codes: Iterable<ErrorCode>) {
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

function jsonOf(schema: z.ZodType, example: object | undefined) {
  return { "application/json": { schema, ...(example === undefined ? {} : { example }) } };
}

function success(operation: Operation) {
  if (operation.answer === undefined) return { "204": { description: "Done" } };
  return {
    [String(operation.status ?? 200)]: {
      description: operation.decides === true ? "The decision, allowed or not" : "Done",
      ...(operation.decides === true ? { headers: rateLimitHeaders } : {}),
      content: jsonOf(operation.answer, operation.answerExample),
    },
  };
}

function operationObject(operation: Operation): ZodOpenApiOperationObject {
  const { params, query, headers, body, example, bodies } = operation;
  const codes = new Set([...operation.refuses, ...(body === undefined ? [] : WITH_BODY), ...ALWAYS]);
  const needs = `Needs the scope \`${operation.scope}\`.`;
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    description: operation.description === undefined ? needs : `${operation.description}\n\n${needs}`,
    requestParams: {
      ...(params ? { path: params } : {}),
      ...(query ? { query } : {}),
      ...(headers ? { header: headers } : {}),
    },
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { ...jsonOf(body, example), ...bodies } } }),
    responses: { ...success(operation), ...problems(codes) },
  };
}

function paths(): ZodOpenApiPathsObject {
  const made: ZodOpenApiPathsObject = {};
  for (const operation of OPERATIONS) {
    made[operation.path] = { ...made[operation.path], [operation.method]: operationObject(operation) };
  }
  return made;
}

/** A format says what its pattern spells out, and the bounds of exact integers go without saying. */
function plain({ jsonSchema }: { jsonSchema: { [member: string]: unknown } }): void {
  if (typeof jsonSchema.format === "string") delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

let document: ReturnType<typeof createDocument> | undefined;

/** The OpenAPI 3.1 document of /api/v1, made of the schemas that parse the requests. Made once. */
export function openApiDocument(): ReturnType<typeof createDocument> {
  document ??= createDocument(
    {
      openapi: "3.1.0",
      info: {
        title: "Gantry",
        version: "1.0.0",
        description: DESCRIPTION,
      },
      servers: [
        {
          url: "/",
          description: "This server. The gate serves the cap checks of the same paths on its own port.",
        },
      ],
      security: [{ bearer: [] }, { header: [] }],
      components: {
        securitySchemes: {
          bearer: { type: "http", scheme: "bearer", bearerFormat: "gty_…" },
          header: { type: "apiKey", in: "header", name: "X-API-Key" },
        },
      },
      tags: [...new Set(OPERATIONS.map((operation) => operation.tag))].map((name) => ({ name })),
      paths: paths(),
    },
    { override: plain },
  );
  return document;
}
