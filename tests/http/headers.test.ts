import { randomUUID } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { capQueueDepth, checkCap } from "#lib/launch/caps.ts";
import { until } from "#tests/load/wait.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, openCountry, type TestKey, type Workspace } from "#tests/setup/people.ts";
import { type Api, ask, type Reply, serveApi } from "./api.ts";

let db: TestDatabase;
let api: Api;
let workspace: Workspace;
let key: TestKey;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  api = await serveApi();
  workspace = await newWorkspace(db);
  key = await newKey(db, workspace);
  await openCountry(db, workspace, "PL", { phase: "alpha", user: 2 });
});
afterAll(async () => {
  await api.close();
  await db.close();
});

function check(body: object): Promise<Reply> {
  const headers = { "idempotency-key": randomUUID() };
  return ask(api, { path: "/api/v1/cap-checks", key: key.key, body, headers });
}

function secondsUntil(time: unknown): number {
  return (Date.parse(String(time)) - Date.now()) / 1000;
}

test("HTTP-20 an answer tells cap, room and time left in RateLimit-Policy and RateLimit, and Retry-After when the day is full", async () => {
  const first = await check({ country: "PL", operation: "user" });
  expect(first.headers.get("ratelimit-policy")).toBe('"pl-user-daily";q=2;w=86400');
  const [, room, seconds] =
    /^"pl-user-daily";r=(\d+);t=(\d+)$/.exec(first.headers.get("ratelimit") ?? "") ?? [];
  expect(room).toBe("1");
  expect(Math.abs(Number(seconds) - secondsUntil(first.body?.resets_at))).toBeLessThan(5);
  expect(first.headers.get("retry-after")).toBeNull();
  expect(first.headers.get("cache-control")).toBe("no-store");
  await check({ country: "PL", operation: "user" });
  const full = await check({ country: "PL", operation: "user" });
  expect(full.body).toMatchObject({ allowed: false, reason: "cap_reached", remaining: 0 });
  expect(full.headers.get("ratelimit")).toMatch(/^"pl-user-daily";r=0;t=\d+$/);
  expect(
    Math.abs(Number(full.headers.get("retry-after")) - secondsUntil(full.body?.retry_after)),
  ).toBeLessThan(5);
});

test("HTTP-21 a country that nobody listed has no rate limit headers and no Retry-After", async () => {
  const reply = await check({ country: "DE", operation: "user" });
  expect(reply.body).toMatchObject({
    allowed: false,
    reason: "not_launched",
    cap: null,
    remaining: null,
    retry_after: null,
  });
  for (const name of ["ratelimit", "ratelimit-policy", "retry-after"])
    expect(reply.headers.get(name)).toBeNull();
});

test("HTTP-22 a caller that asks too often for what is not a cap check is told 429 with Retry-After; cap checks have no such limit", async () => {
  await setClock(db, null);
  const busy = await newKey(db, workspace);
  const asked = await Promise.all(
    Array.from({ length: 601 }, () => ask(api, { path: "/api/v1/throttle", key: busy.key })),
  );
  const refused = asked.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(1);
  expect(refused[0]?.body).toMatchObject({ code: "rate_limited" });
  expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await ask(api, { path: "/api/v1/throttle", key: key.key })).status).toBe(200);
  expect((await check({ country: "PL", operation: "user" })).status).toBe(200);
});

test("HTTP-23 beyond its bound the queue answers 503 at once, before the checks that wait are decided", async () => {
  const lock = await db.owner.reserve();
  try {
    await lock`begin`;
    await lock`select from launch.counters where workspace_id = ${workspace.id} for update`;
    const question = { country: "PL", operation: "creator", units: 1 } as const;
    const asks = (count: number) =>
      Promise.allSettled(Array.from({ length: count }, () => checkCap(key.hash, randomUUID(), question)));
    const inFlight = asks(1);
    await until("the first check waits for the lock", async () => {
      const waiting = await db.owner`select from pg_stat_activity where datname = ${db.name}
        and application_name = 'gantry-caps' and wait_event_type = 'Lock'`;
      return waiting.length > 0;
    });
    // A second call takes a thousand of those that wait and waits for the same lock; then there is room for as many.
    const waiting = asks(10_000);
    await until("the second call is on its way", () => Promise.resolve(capQueueDepth() === 10_001));
    await turn();
    await turn();
    const more = asks(1000);
    const from = performance.now();
    const reply = await check({ country: "PL", operation: "creator" });
    expect(performance.now() - from).toBeLessThan(1000);
    expect(reply.status).toBe(503);
    expect(reply.body).toMatchObject({ code: "unavailable" });
    expect(Number(reply.headers.get("retry-after"))).toBeGreaterThan(0);
    await lock`rollback`;
    const refused = [...(await inFlight), ...(await waiting), ...(await more)].filter(
      (outcome) => outcome.status === "rejected",
    );
    // On a slow machine some may have waited past their deadline; none is refused for room.
    for (const { reason } of refused) expect(reason.message).toBe("The database did not answer in time.");
  } finally {
    lock.release();
  }
});
