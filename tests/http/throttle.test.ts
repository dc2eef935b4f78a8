import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, type Workspace } from "#tests/setup/people.ts";
import { type Api, ask, serveApi } from "./api.ts";

let db: TestDatabase;
let api: Api;
let w: Workspace;
let key: string;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  api = await serveApi();
  w = await newWorkspace(db);
  key = (await newKey(db, w)).key;
});
afterAll(async () => {
  await api.close();
  await db.close();
});

async function limit(
  name: string,
  value: number,
  measured: number | null,
  minutesAgo: number,
): Promise<void> {
  await db.owner`
    insert into launch.limits (workspace_id, name, value) values (${w.id}, ${name}, ${value})
    on conflict (workspace_id, name) do update set value = excluded.value, source = 'reported', enabled = true`;
  if (measured === null) return;
  await db.owner`insert into launch.measurements (workspace_id, name, measured_at, received_at, value)
    values (${w.id}, ${name}, now() - ${minutesAgo} * interval '1 minute', now(), ${measured})`;
}

test("LOAD-27 the throttle names each measurement behind the level: its value, limit, level, and whether it is stale", async () => {
  await db.owner`update launch.limits set enabled = false where workspace_id = ${w.id}`;
  await limit("calls", 100, 101, 0);
  await limit("sessions", 1000, 400, 0);
  await limit("tickets", 50, null, 0);
  await limit("old", 10, 2, 6);
  await db.owner`select launch.evaluate_load(${w.id})`;
  const { status, body } = await ask(api, { path: "/api/v1/throttle", key });
  expect(status).toBe(200);
  const at = expect.stringMatching(/^\d{4}-.*Z$/);
  expect(body).toMatchObject({ level: 2, yields_from: { creator: 2 } });
  expect(body?.measurements).toEqual([
    { name: "calls", value: 101, limit: 100, level: 2, measured_at: at, stale: false },
    { name: "old", value: 2, limit: 10, level: 0, measured_at: at, stale: true },
    { name: "sessions", value: 400, limit: 1000, level: 0, measured_at: at, stale: false },
    { name: "tickets", value: null, limit: 50, level: 0, measured_at: null, stale: false },
  ]);
});
