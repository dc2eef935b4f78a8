import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, newKey, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";
import { type Api, ask, type Reply, serveApi } from "./api.ts";
import { stateOf } from "./state.ts";

const CHECK = { country: "PL", operation: "user" };
// A check's id carries the real time and a reservation is looked for a day around it, so the clock stands at noon of the real day.
const NOON = `${new Date().toISOString().slice(0, 10)}T12:00:00Z`;
const afterNoon = (milliseconds: number) => new Date(Date.parse(NOON) + milliseconds).toISOString();
const HOURS_48 = 48 * 3_600_000;

let db: TestDatabase;
let api: Api;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  api = await serveApi();
  await setClock(db, NOON);
});
afterAll(async () => {
  await api.close();
  await db.close();
});

interface Caller {
  workspace: Workspace;
  check(body: object, idempotencyKey: string): Promise<Reply>;
}

async function open(user = 100): Promise<Caller> {
  const workspace = await newWorkspace(db);
  const { key } = await newKey(db, workspace);
  await openCountry(db, workspace, "PL", { phase: "alpha", user, amount: { minor: 1000, currency: "EUR" } });
  return {
    workspace,
    check: (body, idempotencyKey) =>
      ask(api, { path: "/api/v1/cap-checks", key, body, headers: { "idempotency-key": idempotencyKey } }),
  };
}

test("HTTP-12 a replay is the first answer byte for byte, marked Idempotent-Replayed, and changes nothing", async () => {
  const { workspace, check } = await open(2);
  const bodies = [
    CHECK,
    { ...CHECK, hold_seconds: 60, subject: "s", device: "d", ip: "2001:db8::1" },
    { ...CHECK, units: 50 },
    { country: "PL", operation: "payment", amount: { minor: 999, currency: "EUR" } },
    { country: "DE", operation: "creator" },
  ];
  for (const body of bodies) {
    const key = randomUUID();
    const first = await check(body, key);
    expect(first.status).toBe(200);
    expect(first.headers.get("idempotent-replayed")).toBeNull();
    const before = await stateOf(db, workspace.id);
    await setClock(db, afterNoon(30_000));
    for (const again of [key, `"${key}"`]) {
      const replay = await check(body, again);
      expect(replay.text).toBe(first.text);
      expect(replay.headers.get("idempotent-replayed")).toBe("true");
    }
    expect(await stateOf(db, workspace.id)).toBe(before);
    await setClock(db, NOON);
  }
});

test("HTTP-13 a replay stays the first answer after the cap, the phase and the throttle have changed", async () => {
  const { workspace, check } = await open(1);
  const granted = await check(CHECK, "granted");
  const refused = await check(CHECK, "refused");
  await asPerson(db, workspace.owner, async (sql) => {
    await sql`select launch.change_caps(${workspace.id}, 'PL', 1000)`;
    await sql`select launch.pause_country(${workspace.id}, 'PL', 'test')`;
  });
  await db.owner`insert into launch.throttles (workspace_id, level) values (${workspace.id}, 3)`;
  expect((await check(CHECK, "granted")).text).toBe(granted.text);
  expect((await check(CHECK, "refused")).text).toBe(refused.text);
});

test.each([
  ["other units", { ...CHECK, units: 2 }],
  ["another country", { ...CHECK, country: "CZ" }],
  ["another operation", { ...CHECK, operation: "creator" }],
  ["a subject", { ...CHECK, subject: "s" }],
  ["a hold", { ...CHECK, hold_seconds: 1 }],
  ["an amount", { ...CHECK, amount: { minor: 1, currency: "EUR" } }],
])("HTTP-14 a key used again with %s is 422 key_reused and changes nothing", async (_, body) => {
  const { workspace, check } = await open();
  await check(CHECK, "k");
  const before = await stateOf(db, workspace.id);
  const reply = await check(body, "k");
  expect({ status: reply.status, code: reply.body?.code }).toEqual({ status: 422, code: "key_reused" });
  expect(await stateOf(db, workspace.id)).toBe(before);
});

test("HTTP-15 an equal request spelled differently is the same request", async () => {
  const { check } = await open();
  const first = await check({ country: "PL", operation: "user" }, "k");
  const second = await check({ units: 1, operation: "user", country: "PL" }, "k");
  expect(second.text).toBe(first.text);
});

test("HTTP-16 fifty requests under one key at once have one effect and fifty equal answers", async () => {
  const { workspace, check } = await open();
  const replies = await Promise.all(Array.from({ length: 50 }, () => check(CHECK, "k")));
  expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
  expect(replies.filter(({ headers }) => headers.get("idempotent-replayed") === null)).toHaveLength(1);
  const [row] =
    await db.owner`select used from launch.counters where workspace_id = ${workspace.id} and operation = 'user' and country = 'PL'`;
  expect(row?.used).toBe(1);
});

test("HTTP-17 misuse leaves no answer behind: the key is free for the request put right", async () => {
  const { check } = await open();
  expect((await check({ ...CHECK, units: 0 }, "k")).status).toBe(400);
  expect((await check({ country: "PL", operation: "payment" }, "k")).body?.code).toBe("amount_required");
  const payment = { country: "PL", operation: "payment", amount: { minor: 1, currency: "USD" } };
  expect((await check(payment, "k")).body?.code).toBe("currency_mismatch");
  expect((await check(CHECK, "k")).body).toMatchObject({ allowed: true });
});

test("HTTP-18 a key is kept for 48 hours and may be used anew after", async () => {
  const { check } = await open();
  const first = await check(CHECK, "k");
  await setClock(db, afterNoon(HOURS_48 - 1));
  expect((await check(CHECK, "k")).text).toBe(first.text);
  expect((await check({ ...CHECK, units: 2 }, "k")).status).toBe(422);
  await setClock(db, afterNoon(HOURS_48));
  const anew = await check({ ...CHECK, units: 2 }, "k");
  expect(anew.body).toMatchObject({ allowed: true, units: 2 });
  expect(anew.headers.get("idempotent-replayed")).toBeNull();
  await setClock(db, NOON);
});

test("HTTP-19 a settlement repeated gives its answer again; the other way round is 409", async () => {
  const { workspace, check } = await open();
  const held = await check({ ...CHECK, hold_seconds: 60 }, "k");
  const { key } = await newKey(db, workspace);
  const settle = (action: string) =>
    ask(api, { method: "POST", path: `/api/v1/cap-checks/${held.body?.id}/${action}`, key });
  const first = await settle("commit");
  expect(first.body).toMatchObject({ state: "committed" });
  const before = await stateOf(db, workspace.id);
  expect((await settle("commit")).text).toBe(first.text);
  expect(await settle("release")).toMatchObject({
    status: 409,
    body: { code: "reservation_conflict", state: "committed" },
  });
  expect(await stateOf(db, workspace.id)).toBe(before);
});
