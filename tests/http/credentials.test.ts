import { randomUUID } from "node:crypto";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ticketEnv } from "#lib/env.ts";
import { ticketToken } from "#lib/queue/token.ts";
import { drawKey } from "#lib/workspace/key-format.ts";
import { SCOPES, type Scope } from "#lib/workspace/vocabulary.ts";
import { newCampaign, newLink } from "#tests/setup/campaigns.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  newKey,
  newWorkspace,
  openCountry,
  type TestKey,
  type Workspace,
} from "#tests/setup/people.ts";
import { type Api, ask, type Question, serveApi } from "./api.ts";
import { walkRoutes } from "./serve-routes.ts";
import { stateOf } from "./state.ts";

/** A well-formed question to each operation of the API, and the scope its key needs. What needs no key is left out. */
const OPERATIONS: Record<string, { scope: Scope; body?: unknown; headers?: Record<string, string> }> = {
  "POST /api/v1/cap-checks": { scope: "caps.check", body: { country: "PL", operation: "user" } },
  "POST /api/v1/cap-checks/batch": {
    scope: "caps.check",
    body: { checks: [{ country: "PL", operation: "user", idempotency_key: "k" }] },
  },
  "GET /api/v1/alerts": { scope: "alerts.read" },
  "GET /api/v1/alerts/{id}": { scope: "alerts.read" },
  "GET /api/v1/blocklist": { scope: "threats.read" },
  "GET /api/v1/threat-rules": { scope: "threats.read" },
  "POST /api/v1/jobs/{job}/runs": { scope: "jobs.run" },
  "GET /api/v1/cap-checks/{id}": { scope: "caps.check" },
  "POST /api/v1/cap-checks/{id}/commit": { scope: "caps.check" },
  "POST /api/v1/cap-checks/{id}/release": { scope: "caps.check" },
  "GET /api/v1/countries": { scope: "countries.read" },
  "POST /api/v1/countries": { scope: "countries.manage", body: { countries: ["DE"] } },
  "GET /api/v1/countries/{code}": { scope: "countries.read" },
  "DELETE /api/v1/countries/{code}": { scope: "countries.manage" },
  "POST /api/v1/countries/{code}/activate": { scope: "countries.manage", body: { phase: "soft" } },
  "POST /api/v1/countries/{code}/advance": { scope: "countries.manage", body: { phase: "soft" } },
  "POST /api/v1/countries/{code}/pause": { scope: "countries.pause", body: { reason: "test" } },
  "POST /api/v1/countries/{code}/resume": { scope: "countries.manage", body: {} },
  "PATCH /api/v1/countries/{code}/caps": { scope: "countries.manage", body: { caps: { user: 1 } } },
  "PUT /api/v1/countries/{code}/time-zone": { scope: "countries.manage", body: { time_zone: "UTC" } },
  "GET /api/v1/countries/{code}/capacity": { scope: "caps.check" },
  "GET /api/v1/countries/{code}/forecast": { scope: "countries.read" },
  "POST /api/v1/events": {
    scope: "signals.report",
    body: { specversion: "1.0", id: "e1", source: "/shop", type: "app.installed", data: { country: "PL" } },
    headers: { "content-type": "application/cloudevents+json" },
  },
  "POST /api/v1/measurements": {
    scope: "signals.report",
    body: { measurements: [{ name: "webrtc_sessions", value: 1 }] },
  },
  "GET /api/v1/tickets/{token}": { scope: "caps.check" },
  "DELETE /api/v1/tickets/{token}": { scope: "caps.check" },
  "POST /api/v1/tickets/{token}/claim": { scope: "caps.check", body: { hold_seconds: 60 } },
  "GET /api/v1/campaigns": { scope: "campaigns.read" },
  "POST /api/v1/campaigns": {
    scope: "campaigns.manage",
    body: {
      name: "C",
      slug: "c1",
      country: "PL",
      starts_at: "2027-01-01T00:00:00Z",
      ends_at: "2027-01-02T00:00:00Z",
    },
  },
  "GET /api/v1/campaigns/{id}": { scope: "campaigns.read" },
  "PATCH /api/v1/campaigns/{id}": { scope: "campaigns.manage", body: { name: "Another" } },
  "GET /api/v1/campaigns/{id}/capacity-check": { scope: "campaigns.read" },
  "POST /api/v1/campaigns/{id}/schedule": { scope: "campaigns.manage", body: {} },
  "POST /api/v1/campaigns/{id}/start": { scope: "campaigns.manage", body: {} },
  "POST /api/v1/campaigns/{id}/end": { scope: "campaigns.manage", body: {} },
  "POST /api/v1/campaigns/{id}/cancel": { scope: "campaigns.manage", body: { reason: "no" } },
  "POST /api/v1/campaigns/{id}/duplicate": {
    scope: "campaigns.manage",
    body: { name: "Copy", slug: "copy", starts_at: "2027-01-01T00:00:00Z" },
  },
  "DELETE /api/v1/campaigns/{id}": { scope: "campaigns.manage" },
  "GET /api/v1/campaigns/{id}/tasks": { scope: "campaigns.read" },
  "POST /api/v1/campaigns/{id}/tasks": { scope: "campaigns.manage", body: { title: "Brief support" } },
  "PATCH /api/v1/campaigns/{id}/tasks": { scope: "campaigns.manage", body: { id: v7(), done: true } },
  "GET /api/v1/campaigns/{id}/links": { scope: "campaigns.read" },
  "POST /api/v1/campaigns/{id}/links": {
    scope: "campaigns.manage",
    body: { label: "A link", destination: "https://example.com/" },
  },
  "PATCH /api/v1/campaigns/{id}/links": {
    scope: "campaigns.manage",
    body: { slug: "followed", active: false },
  },
  "POST /api/v1/campaigns/{id}/clicks": { scope: "campaigns.track", body: { clicks: [{ id: v7() }] } },
  "GET /api/v1/dry-runs": { scope: "dryruns.read" },
  "POST /api/v1/dry-runs": { scope: "dryruns.run", body: { proposal: {}, days: 1 } },
  "GET /api/v1/dry-runs/{id}": { scope: "dryruns.read" },
  "POST /api/v1/dry-runs/{id}/cancel": { scope: "dryruns.run" },
  "GET /api/v1/report-schedules": { scope: "reports.read" },
  "POST /api/v1/report-schedules": {
    scope: "reports.manage",
    body: {
      name: "R",
      day_of_month: 1,
      hour: 8,
      time_zone: "UTC",
      recipients: ["investor@example.com"],
    },
  },
  "GET /api/v1/report-schedules/{id}": { scope: "reports.read" },
  "PATCH /api/v1/report-schedules/{id}": { scope: "reports.manage", body: { name: "Another" } },
  "DELETE /api/v1/report-schedules/{id}": { scope: "reports.manage" },
  "GET /api/v1/flags": { scope: "flags.read" },
  "GET /api/v1/subjects/{subject}/country": { scope: "signals.report" },
  "GET /api/v1/sequence": { scope: "sequence.read" },
  "GET /api/v1/throttle": { scope: "throttle.read" },
};
const WITHOUT_KEY = ["GET /api/v1/openapi.json"];

let db: TestDatabase;
let api: Api;
let workspace: Workspace;
let receiptId: string;
let token: string;
let campaignId: string;
let good: TestKey;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  api = await serveApi();
  workspace = await newWorkspace(db);
  good = await newKey(db, workspace);
  await openCountry(db, workspace, "PL", { phase: "alpha" });
  campaignId = await newCampaign(db, workspace);
  await newLink(db, workspace, campaignId, { slug: "followed" });
  const reply = await ask(api, {
    path: "/api/v1/cap-checks",
    key: good.key,
    body: { country: "PL", operation: "user", hold_seconds: 600 },
    headers: { "idempotency-key": "held" },
  });
  receiptId = String(reply.body?.id);
  token = ticketToken(ticketEnv().GANTRY_SECRET, { workspaceId: workspace.id, ticketId: receiptId });
});
afterAll(async () => {
  await api.close();
  await db.close();
});

function questionOf(name: string): Question {
  const [method = "", path = ""] = name.split(" ");
  const { body, headers } = OPERATIONS[name] ?? {};
  return {
    method,
    path: path
      .replace("{code}", "PL")
      .replace("/campaigns/{id}", `/campaigns/${campaignId}`)
      .replace("{id}", receiptId)
      .replace("{token}", token)
      .replace("{job}", "load-gate"),
    ...(body === undefined ? {} : { body }),
    headers: { "idempotency-key": randomUUID(), ...headers },
  };
}

async function expectRefused(
  name: string,
  key: string | undefined,
  status: number,
  code: string,
): Promise<void> {
  const before = await stateOf(db, workspace.id);
  const reply = await ask(api, { ...questionOf(name), ...(key === undefined ? {} : { key }) });
  expect({ status: reply.status, code: reply.body?.code }).toEqual({ status, code });
  if (status === 401) expect(reply.headers.get("www-authenticate")).toBe('Bearer realm="gantry"');
  expect(await stateOf(db, workspace.id)).toBe(before);
}

test("HTTP-06 this file asks every operation of the API that needs a key", async () => {
  const all = (await walkRoutes()).map(({ method, path }) => `${method} ${path}`);
  expect([...Object.keys(OPERATIONS), ...WITHOUT_KEY].toSorted()).toEqual(all.toSorted());
});

test.each(Object.keys(OPERATIONS))(
  "HTTP-07 %s refuses no key, a mistyped one, an unknown, a revoked and an expired one with 401",
  async (name) => {
    const revoked = await newKey(db, workspace);
    await asPerson(
      db,
      workspace.owner,
      (sql) => sql`select app.revoke_api_key(${workspace.id}, ${revoked.id}, 'test')`,
    );
    const expired = await newKey(db, workspace);
    await db.owner`update app.api_keys set expires_at = launch.now() where id = ${expired.id}`;
    const mistyped = good.key.slice(0, -1) + (good.key.endsWith("a") ? "b" : "a");
    for (const key of [
      undefined,
      mistyped,
      "gty_",
      "x".repeat(5000),
      drawKey().key,
      revoked.key,
      expired.key,
    ]) {
      await expectRefused(name, key, 401, "unauthenticated");
    }
  },
);

test.each(Object.entries(OPERATIONS))(
  "HTTP-08 %s refuses a key without its scope with 403",
  async (name, { scope }) => {
    const others = SCOPES.filter((other) => other !== scope);
    const { key } = await newKey(db, workspace, others);
    if (name === "POST /api/v1/cap-checks/batch") {
      const before = await stateOf(db, workspace.id);
      await ask(api, { ...questionOf(name), key });
      expect(await stateOf(db, workspace.id)).toBe(before);
    } else await expectRefused(name, key, 403, "forbidden");
  },
);

test("HTTP-09 a key of another workspace finds nothing of this one, and changes nothing", async () => {
  const stranger = await newKey(db, await newWorkspace(db));
  // Jobs are the same for everybody; a run is for the key's own workspace.
  const named = Object.keys(OPERATIONS).filter((name) => name.includes("{") && !name.includes("{job}"));
  for (const name of named) {
    await expectRefused(name, stranger.key, 404, "not_found");
  }
  const before = await stateOf(db, workspace.id);
  const listed = await ask(api, { path: "/api/v1/countries", key: stranger.key });
  expect(listed.body).toEqual({ data: [], next_cursor: null });
  const check = await ask(api, {
    path: "/api/v1/cap-checks",
    key: stranger.key,
    body: { country: "PL", operation: "user", hold_seconds: 600 },
    headers: { "idempotency-key": "held" },
  });
  expect(check.body).toMatchObject({ allowed: false, reason: "not_launched" });
  expect(check.headers.get("idempotent-replayed")).toBeNull();
  expect(await stateOf(db, workspace.id)).toBe(before);
});

test("HTTP-10 X-API-Key carries a key as well as Authorization does", async () => {
  expect((await ask(api, { path: "/api/v1/flags", headers: { "x-api-key": good.key } })).status).toBe(200);
});

test("HTTP-11 a key that expires during the day is refused from that instant", async () => {
  const { key, id } = await newKey(db, workspace);
  await setClock(db, "2026-11-23T12:00:00Z");
  await db.owner`update app.api_keys set expires_at = '2026-11-23T12:00:01Z' where id = ${id}`;
  expect((await ask(api, { path: "/api/v1/throttle", key })).status).toBe(200);
  await setClock(db, "2026-11-23T12:00:01Z");
  expect((await ask(api, { path: "/api/v1/throttle", key })).status).toBe(401);
  await setClock(db, null);
});
