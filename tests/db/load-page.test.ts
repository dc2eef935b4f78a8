import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readFirings, readLevel, readLevelHistory, readLimits } from "#lib/load/load-page.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newWorkspace } from "#tests/setup/people.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  await setClock(db, "2026-06-01T12:00:00.000Z");
});
afterAll(() => db.close());

test("LOAD-26 the page reads limits with their states, the level with its override, history and firings, and nothing without load.read", async () => {
  const workspace = await newWorkspace(db);
  await db.owner`insert into launch.measurements values (${workspace.id}, 'webrtc_sessions', launch.now(), launch.now(), 10000)`;
  await db.service`select launch.evaluate_load(${workspace.id})`;
  await asPerson(
    db,
    workspace.owner,
    (sql) =>
      sql`select launch.override_throttle(${workspace.id}, 1, launch.now() + interval '1 hour', 'drill')`,
  );
  const client = drizzle(db.owner);
  const read = await client.transaction(async (tx) => ({
    limits: await readLimits(tx, workspace.id),
    level: await readLevel(tx, workspace.id),
    history: await readLevelHistory(tx, workspace.id, 24, 5),
    firings: await readFirings(tx, workspace.id),
  }));
  expect(read.limits).toHaveLength(5);
  expect(read.limits.find(({ name }) => name === "webrtc_sessions")).toMatchObject({
    value: 10_000,
    limit: 10_000,
    level: 2,
    isStale: false,
    measuredAt: "2026-06-01T12:00:00.000Z",
    recent: [10_000],
    url: null,
  });
  expect(read.level).toMatchObject({
    measured: 2,
    level: 1,
    forced: { level: 1, until: "2026-06-01T13:00:00.000Z", reason: "drill", by: workspace.owner.email },
  });
  expect(read.history).toEqual([{ at: Date.parse("2026-06-01T12:00:00.000Z"), measured: 2, in_force: 2 }]);
  expect(read.firings.find(({ name }) => name === "webrtc_sessions")).toMatchObject({
    static: 1,
    adaptive: 0,
    learned: 0,
  });
  const viewer = await join(db, workspace, "viewer");
  const hidden = await asPerson(
    db,
    viewer,
    (sql) => sql`select from launch.limits where workspace_id = ${workspace.id}`,
  );
  expect(hidden).toHaveLength(0);
});
