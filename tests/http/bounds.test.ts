import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openApiDocument } from "#lib/openapi/document.ts";
import type { Operation } from "#lib/openapi/operation.ts";
import { OPERATIONS } from "#lib/openapi/operations.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";
import { type Api, ask, serveApi } from "./api.ts";
import { stateOf } from "./state.ts";

/** The parts of a JSON Schema that bound a body. */
interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: unknown;
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

type Path = (string | number)[];
interface Beyond {
  path: Path;
  /** What of the schema it breaks. */
  bound: string;
  value: unknown;
}

const SAFE = Number.MAX_SAFE_INTEGER;
const document = openApiDocument() as { components?: { schemas?: Record<string, Schema> } };
const bodies = OPERATIONS.filter(({ body, example }) => body !== undefined && example !== undefined);

function resolved(schema: Schema): Schema {
  const name = schema.$ref?.replace("#/components/schemas/", "");
  return name === undefined ? schema : resolved(document.components?.schemas?.[name] ?? {});
}

/** The schema of an operation's body, as documented. */
function bodySchema(path: string, method: string): Schema {
  let at: unknown = openApiDocument().paths?.[path];
  for (const name of [method, "requestBody", "content", "application/json", "schema"]) {
    at = typeof at === "object" && at !== null ? Reflect.get(at, name) : undefined;
  }
  return resolved(at as Schema);
}

/** Values beyond each bound of one value, by what they break. Of a list it is a length. */
const VALUES: Record<string, (schema: Schema) => unknown> = {
  maximum: ({ maximum = SAFE }) => (maximum < SAFE ? maximum + 1 : undefined),
  minimum: ({ minimum = -SAFE }) => (minimum > -SAFE ? minimum - 1 : undefined),
  integer: ({ type }) => (type === "integer" ? 1.5 : undefined),
  maxLength: ({ maxLength }) => (maxLength === undefined ? undefined : "x".repeat(maxLength + 1)),
  minLength: ({ minLength }) => (minLength === 1 ? "" : undefined),
  enum: (schema) => (schema.enum === undefined ? undefined : "none of them"),
  maxItems: ({ maxItems }) => (maxItems === undefined ? undefined : maxItems + 1),
  minItems: ({ minItems = 0 }) => (minItems > 0 ? minItems - 1 : undefined),
};

/** One value beyond each bound of a schema, with where it goes. */
function beyond(given: Schema, path: Path = []): Beyond[] {
  const schema = resolved(given);
  const own = Object.entries(VALUES).map(([bound, pick]) => ({ path, bound, value: pick(schema) }));
  const unknown = { path: [...path, "is_admin"], bound: "unknown", value: true };
  // Of several forms one value can be beyond only where the others aren't of its type: those of objects are tried.
  const forms = (schema.anyOf ?? []).filter((form) => resolved(form).type === "object");
  return [
    ...own.filter(({ value }) => value !== undefined),
    ...(schema.additionalProperties === false ? [unknown] : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
      beyond(property, [...path, name]),
    ),
    ...(schema.items === undefined ? [] : beyond(schema.items, [...path, 0])),
    ...forms.flatMap((form) => beyond(form, path)),
  ];
}

/** An event's attributes travel in headers where its body is only the data. */
function attributesOf({ bodies: more }: Operation): Record<string, string> {
  const { data: _, ...attributes }: Record<string, unknown> = {
    ...more?.["application/cloudevents+json"]?.example,
  };
  const named = Object.entries(attributes).map(([name, value]) => [`ce-${name}`, String(value)]);
  return named.length === 0 ? {} : { ...Object.fromEntries(named), "ce-id": randomUUID() };
}

/** The example with one value set, or one list cut or filled to a length. */
function bodyWith(example: object, { path, bound, value }: Beyond): Record<string, unknown> {
  const body: Record<string, unknown> = structuredClone({ ...example });
  let at: object = body;
  for (const [place, step] of path.slice(0, -1).entries()) {
    const next: unknown = Reflect.get(at, step);
    const missing = typeof path[place + 1] === "number" ? [] : {};
    const inside: object = typeof next === "object" && next !== null ? next : missing;
    Reflect.set(at, step, inside);
    at = inside;
  }
  const last = path.at(-1) ?? "";
  const list: unknown = Reflect.get(at, last);
  const isLength = bound === "maxItems" || bound === "minItems";
  const items = (length: unknown) =>
    Array.from({ length: Number(length) }, () => (Array.isArray(list) ? list[0] : "PL"));
  Reflect.set(at, last, isLength ? items(value) : value);
  return body;
}

let db: TestDatabase;
let api: Api;
let workspace: Workspace;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  api = await serveApi();
  workspace = await newWorkspace(db);
  await openCountry(db, workspace, "PL");
});
afterAll(async () => {
  await api.close();
  await db.close();
});

test("HTTP-25 every body of the API is documented with an example and bounds, and takes no field besides", () => {
  const withBody = OPERATIONS.filter(({ body }) => body !== undefined);
  expect(bodies.map(({ id }) => id)).toEqual(withBody.map(({ id }) => id));
  for (const { id, path, method } of bodies) {
    const bounds = beyond(bodySchema(path, method)).map(({ bound }) => bound);
    expect(bounds, id).toContain("unknown");
    expect(bounds.length, id).toBeGreaterThan(1);
  }
});

test.each(bodies)(
  "HTTP-26 $id refuses one beyond each bound that it documents, and what it doesn't, naming the field",
  async (operation) => {
    const { path, method, example = {} } = operation;
    // A key of its own: the operations of a limit share what a key may ask in a minute.
    const { key: own } = await newKey(db, workspace);
    const before = await stateOf(db, workspace.id);
    for (const one of beyond(bodySchema(path, method))) {
      const where = one.path.join(".");
      const reply = await ask(api, {
        method: method.toUpperCase(),
        path: path.replace("{code}", "PL").replace(/\{\w+\}/, randomUUID()),
        key: own,
        headers: { "idempotency-key": randomUUID(), ...attributesOf(operation) },
        body: bodyWith(example, one),
      });
      expect({ where, bound: one.bound, status: reply.status, code: reply.body?.code }).toEqual({
        where,
        bound: one.bound,
        status: 400,
        code: "invalid_input",
      });
      expect(JSON.stringify(reply.body?.errors)).toContain(
        one.bound === "unknown" ? "is_admin" : `${one.path.at(-1)}`,
      );
    }
    expect(await stateOf(db, workspace.id)).toBe(before);
  },
);
