import { afterAll, beforeAll, expect, test } from "vitest";
import { closeEvents } from "#lib/signals/events.ts";
import { waitUntil } from "#stack/alive.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace } from "#tests/setup/people.ts";
import { type Api, ask, serveApi } from "./api.ts";

const BATCH = { "content-type": "application/cloudevents-batch+json" };
const SOURCE = "/lanes";

let db: TestDatabase;
let api: Api;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  api = await serveApi();
});
afterAll(async () => {
  await closeEvents();
  await api.close();
  await db.close();
});

const cloudEvent = (id: string) => ({ specversion: "1.0", id, source: SOURCE, type: "app.installed" });

test("SIG-44 while a large batch waits for the database, other events are taken in over a second connection", async () => {
  const w = await newWorkspace(db);
  const { key } = await newKey(db, w);
  const send = (ids: string[]) =>
    ask(api, { path: "/api/v1/events", key, body: ids.map(cloudEvent), headers: BATCH });
  const isWaiting = async () => {
    const waiting = await db.owner`
      select from pg_stat_activity
      where datname = current_database() and application_name = 'gantry-events' and wait_event_type = 'Lock'`;
    return waiting.length > 0;
  };
  // The key's first use is noted now, so that no later batch waits for that.
  expect((await send(["first"])).status).toBe(202);
  const large = await db.owner.begin(async (sql) => {
    await sql`
      insert into launch.event_keys (workspace_id, key, kept_at)
      values (${w.id}, substring(sha256(convert_to(${SOURCE} || e'\\x1f' || 'held', 'UTF8')) for 16), launch.now())`;
    const sending = send(["held", ...Array.from({ length: 499 }, (_, n) => `large-${n}`)]);
    expect(await waitUntil(isWaiting, 3000)).toBe(true);
    expect(await send(["small"])).toMatchObject({ status: 202, body: { accepted: 1 } });
    return { sending };
  });
  expect(await large.sending).toMatchObject({ status: 202, body: { accepted: 499, duplicates: 1 } });
});
