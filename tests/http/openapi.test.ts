import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { ERRORS } from "#lib/errors.ts";
import { openApiDocument } from "#lib/openapi/document.ts";
import type { Operation } from "#lib/openapi/operation.ts";
import { OPERATIONS } from "#lib/openapi/operations.ts";
import { Problem } from "#lib/problem.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, openCountry, type TestKey } from "#tests/setup/people.ts";
import { type MountedRoute, type ServedRoutes, serveRoutes, walkRoutes } from "./serve-routes.ts";

const DOCUMENT_ITSELF = "GET /api/v1/openapi.json";

let db: TestDatabase;
let routes: MountedRoute[];
let served: ServedRoutes;
let key: TestKey;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  const workspace = await newWorkspace(db);
  key = await newKey(db, workspace);
  await openCountry(db, workspace, "PL", { user: 3, amount: { minor: 1000, currency: "PLN" } });
  routes = await walkRoutes();
  served = await serveRoutes();
});
afterAll(async () => {
  await served.close();
  await db.close();
});

const named = ({ method, path }: { method: string; path: string }) => `${method.toUpperCase()} ${path}`;
const documented = () => OPERATIONS.map(named).toSorted();

function operation(id: string): Operation {
  const found = OPERATIONS.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no operation ${id}`);
  return found;
}

interface Asked {
  params?: Record<string, string>;
  body?: unknown;
  idempotencyKey?: string;
}

async function ask(id: string, { params = {}, body, idempotencyKey }: Asked = {}): Promise<Response> {
  const { method, path } = operation(id);
  const at = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? "");
  return fetch(served.url + at, {
    method: method.toUpperCase(),
    headers: {
      authorization: `Bearer ${key.key}`,
      "content-type": "application/json",
      ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** The answer, which its documented schema parses without leaving anything out. */
async function answered(id: string, asked: Asked = {}): Promise<Record<string, unknown>> {
  const response = await ask(id, asked);
  const body: unknown = await response.json();
  expect({ id, status: response.status, body }).toMatchObject({ id, status: 200 });
  const schema = operation(id).answer;
  if (schema === undefined) throw new Error(`${id} documents no answer`);
  expect(parsed(schema, body)).toEqual(body);
  return body as Record<string, unknown>;
}

function parsed(schema: z.ZodType, body: unknown): unknown {
  const result = schema.safeParse(body);
  return result.success ? result.data : result.error.issues;
}

async function refused(id: string, code: keyof typeof ERRORS, asked: Asked = {}): Promise<void> {
  const response = await ask(id, asked);
  const body: unknown = await response.json();
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(parsed(Problem, body)).toEqual(body);
  expect(body).toMatchObject({ code, status: ERRORS[code].status });
  const responses = openApiDocument().paths?.[operation(id).path]?.[operation(id).method]?.responses ?? {};
  expect(responses[String(response.status)]?.description).toContain(`\`${code}\``);
}

test("OPENAPI-01 every route of app/api/v1 is documented and every documented operation has a route", () => {
  const found = routes.map(named).filter((name) => name !== DOCUMENT_ITSELF);
  expect(found.toSorted()).toEqual(documented());
});

test("OPENAPI-02 what the gate mounts of /api/v1 is documented too", async () => {
  const gate = (await import("#gate/routes.ts")).routes();
  const mounted = gate.routes
    .map(({ method, path }) =>
      named({ method, path: path.replaceAll(/:(\w+)(?:\{.*?\})?(?=\/|$)/g, "{$1}") }),
    )
    .filter((name) => name.includes("/api/v1/"));
  expect(mounted.length).toBeGreaterThan(0);
  expect(documented()).toEqual(expect.arrayContaining(mounted));
});

test("OPENAPI-03 the document is OpenAPI 3.1: unique ids, described parameters, no dangling reference", () => {
  const document = openApiDocument();
  expect(document.openapi).toMatch(/^3\.1\./);
  const all = documentedOperations();
  const ids = all.map(({ object }) => object.operationId);
  expect(ids).toEqual([...new Set(ids)]);
  expect(ids.every((id) => /^[a-z_]+$/.test(id ?? ""))).toBe(true);
  const tags = document.tags?.map((tag) => tag.name);
  for (const { path, object } of all) {
    const inPath = (object.parameters ?? []).flatMap((p) => ("in" in p && p.in === "path" ? [p] : []));
    expect(inPath.map((p) => p.name)).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    expect(inPath.every((p) => p.required === true && p.schema !== undefined)).toBe(true);
    expect(tags).toEqual(expect.arrayContaining(object.tags ?? [""]));
    expect(Object.keys(object.responses ?? {})).toEqual(expect.arrayContaining(["401", "403", "500", "503"]));
    for (const response of Object.values(object.responses ?? {}))
      expect(response).toHaveProperty("description");
  }
  for (const reference of referencesIn(document)) expect(resolved(document, reference)).toBeDefined();
});

function documentedOperations() {
  const methods = ["get", "post", "put", "patch", "delete"] as const;
  return Object.entries(openApiDocument().paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const object = item[method];
      return object === undefined ? [] : [{ path, object }];
    }),
  );
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === "$ref" && typeof member === "string" ? [member] : referencesIn(member),
  );
}

function resolved(document: object, reference: string): unknown {
  let at: unknown = document;
  for (const name of reference.replace(/^#\//, "").split("/")) {
    at = typeof at === "object" && at !== null ? Reflect.get(at, name) : undefined;
  }
  return at;
}

test("OPENAPI-04 the document is served without a key and lists every problem code", async () => {
  const response = await fetch(`${served.url}/api/v1/openapi.json`);
  expect(response.headers.get("content-type")).toBe("application/json");
  const document: { info: { description: string } } = await response.json();
  expect(document).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  for (const [code, { status, title }] of Object.entries(ERRORS)) {
    expect(document.info.description).toContain(`| \`${code}\` | ${status} | ${title} |`);
  }
});

test("OPENAPI-05 each example is a body that its operation accepts, or an answer that it gives", () => {
  for (const { id, body, example, answer, answerExample } of OPERATIONS) {
    if (example !== undefined) {
      expect({ id, problem: body?.safeParse(example).error }).toEqual({ id, problem: undefined });
    }
    if (answerExample !== undefined && answer !== undefined) {
      expect(parsed(answer, answerExample)).toEqual(answerExample);
    }
  }
});

test("OPENAPI-06 cap checks, receipts and settlements answer as documented", async () => {
  const held = { country: "PL", operation: "user", hold_seconds: 60 };
  const granted = await answered("check_cap", { body: held, idempotencyKey: "one" });
  const params = { id: String(granted.id) };
  expect(granted.reservation).toBeDefined();
  await answered("read_receipt", { params });
  await answered("commit_reservation", { params });
  const second = await answered("check_cap", { body: held, idempotencyKey: "two" });
  await answered("release_reservation", { params: { id: String(second.id) } });
  const over = await answered("check_cap", { body: { ...held, units: 3 }, idempotencyKey: "three" });
  expect(over).toMatchObject({ allowed: false, reason: "cap_reached" });
  await answered("read_receipt", { params: { id: String(over.id) } });
  await answered("check_cap", { body: { country: "DE", operation: "user" }, idempotencyKey: "four" });
  const paid = { country: "PL", operation: "payment", amount: { minor: 400, currency: "PLN" } };
  await answered("check_cap", { body: paid, idempotencyKey: "five" });
  const checks = [
    { ...paid, idempotency_key: "six", subject: "account-42", device: "d", ip: "2001:db8::1" },
    { country: "PL", operation: "payment", idempotency_key: "seven" },
  ];
  expect(await answered("check_caps", { body: { checks } })).toMatchObject({
    data: [{ allowed: true }, { problem: { code: "amount_required" } }],
  });
});

test("OPENAPI-07 countries, flags and the throttle answer as documented", async () => {
  await answered("add_countries", { body: operation("add_countries").example });
  await answered("list_countries");
  const params = { code: "CZ" };
  await answered("read_country", { params });
  for (const id of [
    "activate_country",
    "advance_country",
    "pause_country",
    "resume_country",
    "change_caps",
    "change_time_zone",
  ]) {
    await answered(id, { params, body: operation(id).example });
  }
  await answered("read_capacity", { params });
  await answered("read_forecast", { params });
  expect((await ask("remove_country", { params: { code: "SK" } })).status).toBe(204);
  await answered("read_throttle");
  await answered("list_flags");
});

test("OPENAPI-08 what an operation refuses is a problem of a code it documents", async () => {
  const check = { country: "PL", operation: "user" };
  await refused("check_cap", "idempotency_key_required", { body: check });
  await refused("check_cap", "invalid_input", { body: { ...check, country: "EL" }, idempotencyKey: "x" });
  await answered("check_cap", { body: check, idempotencyKey: "taken" });
  await refused("check_cap", "key_reused", { body: { ...check, units: 2 }, idempotencyKey: "taken" });
  const payment = { country: "PL", operation: "payment" };
  await refused("check_cap", "amount_required", { body: payment, idempotencyKey: "y" });
  const euros = { ...payment, amount: { minor: 1, currency: "EUR" } };
  await refused("check_cap", "currency_mismatch", { body: euros, idempotencyKey: "z" });
  const nobody = { id: "00000000-0000-7000-8000-000000000000" };
  await refused("read_receipt", "not_found", { params: nobody });
  await refused("commit_reservation", "not_found", { params: nobody });
  await refused("read_country", "not_found", { params: { code: "FR" } });
  await refused("activate_country", "illegal_transition", {
    params: { code: "PL" },
    body: { phase: "soft" },
  });
  await refused("pause_country", "invalid_input", { params: { code: "PL" }, body: {} });
  const stale = { caps: { user: 1 }, expected_version: 999 };
  await refused("change_caps", "version_conflict", { params: { code: "PL" }, body: stale });
});
