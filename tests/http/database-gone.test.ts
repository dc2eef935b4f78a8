import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { OPERATIONS } from "#lib/openapi/operations.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, openCountry } from "#tests/setup/people.ts";
import { type Api, ask, type Question, serveApi } from "./api.ts";
import { type CuttableDatabase, cuttable, walkRoutes } from "./serve-routes.ts";
import { stateOf } from "./state.ts";

/** What each operation is asked; others their documented example. */
const BODIES: Record<string, unknown> = {
  "POST /api/v1/cap-checks": { country: "PL", operation: "user" },
  "POST /api/v1/cap-checks/batch": { checks: [{ country: "PL", operation: "user", idempotency_key: "k" }] },
  "POST /api/v1/campaigns/{id}/links": { label: "A link", destination: "https://example.com/" },
  "PATCH /api/v1/campaigns/{id}/links": { slug: "followed" },
  "POST /api/v1/campaigns/{id}/clicks": { clicks: [{ id: "019789ab-cdef-7012-8345-6789abcdef01" }] },
  "POST /api/v1/countries": { countries: ["DE"] },
  "POST /api/v1/countries/{code}/activate": { phase: "soft" },
  "POST /api/v1/countries/{code}/advance": { phase: "soft" },
  "POST /api/v1/countries/{code}/pause": { reason: "test" },
  "POST /api/v1/countries/{code}/resume": {},
  "PATCH /api/v1/countries/{code}/caps": { caps: { user: 1 } },
  "PUT /api/v1/countries/{code}/time-zone": { time_zone: "UTC" },
  "POST /api/v1/events": {
    specversion: "1.0",
    id: "e1",
    source: "/shop",
    type: "app.installed",
    data: { country: "PL" },
  },
  "POST /api/v1/measurements": { measurements: [{ name: "webrtc_sessions", value: 1 }] },
};
const TYPES: Record<string, string> = { "POST /api/v1/events": "application/cloudevents+json" };

let db: TestDatabase;
let relay: CuttableDatabase;
let api: Api;

beforeAll(async () => {
  db = await testDatabase();
  relay = await cuttable(db.serviceUrl);
  process.env.DATABASE_URL = relay.url;
  process.env.GANTRY_LOG_LEVEL = "silent";
  api = await serveApi();
});
afterAll(async () => {
  await api.close();
  await relay.cut();
  await db.close();
});

async function questions(): Promise<[string, Question][]> {
  const routes = (await walkRoutes()).filter(({ path }) => !path.endsWith("openapi.json"));
  return routes.map(({ method, path }) => {
    const name = `${method} ${path}`;
    const concrete = path
      .replace("{code}", "PL")
      .replace("{id}", randomUUID())
      .replace("{job}", "load-gate")
      .replace("{subject}", "somebody");
    const type = TYPES[name];
    const headers = {
      "idempotency-key": randomUUID(),
      ...(type === undefined ? {} : { "content-type": type }),
    };
    const documented = OPERATIONS.find((one) => one.path === path && one.method.toUpperCase() === method);
    const body = BODIES[name] ?? documented?.example;
    return [name, { method, path: concrete, headers, ...(body === undefined ? {} : { body }) }];
  });
}

test("HTTP-24 with the database gone every operation answers 503 with Retry-After, refuses a mistyped key without it, and is back by itself", {
  timeout: 120_000,
}, async () => {
  const workspace = await newWorkspace(db);
  const { key } = await newKey(db, workspace);
  await openCountry(db, workspace, "PL", { phase: "alpha" });
  const all = await questions();
  expect((await ask(api, { path: "/api/v1/countries", key })).status).toBe(200);
  const before = await stateOf(db, workspace.id);
  await relay.cut();
  const mistyped = key.slice(0, -1) + (key.endsWith("a") ? "b" : "a");
  for (const [name, question] of all) {
    const refused = await ask(api, { ...question, key: mistyped });
    expect([name, refused.status]).toEqual([name, 401]);
    const reply = await ask(api, { ...question, key });
    expect([name, reply.status]).toEqual([name, 503]);
    expect(reply.body).toMatchObject({ code: "unavailable" });
    expect(Number(reply.headers.get("retry-after"))).toBeGreaterThan(0);
  }
  expect(await stateOf(db, workspace.id)).toBe(before);
  await relay.mend();
  const from = performance.now();
  const ok = async () => (await ask(api, { path: "/api/v1/countries", key })).status === 200;
  while (!(await ok())) expect(performance.now() - from).toBeLessThan(10_000);
  const check = { path: "/api/v1/cap-checks", key, body: BODIES["POST /api/v1/cap-checks"] };
  expect((await ask(api, { ...check, headers: { "idempotency-key": "after" } })).body).toMatchObject({
    allowed: true,
  });
});
