import { afterAll, beforeAll, expect, test } from "vitest";
import { tellEventCounts } from "#lib/signals/count-events.ts";
import { closeEvents } from "#lib/signals/events.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, type Workspace } from "#tests/setup/people.ts";
import { type Api, ask, serveApi } from "./api.ts";

let db: TestDatabase;
let api: Api;
let w: Workspace;
let key: string;
let drawn = 0;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  api = await serveApi();
  w = await newWorkspace(db);
  key = (await newKey(db, w)).key;
});
afterAll(async () => {
  await closeEvents();
  await api.close();
  await db.close();
});

function cloudEvent(partial: object = {}): Record<string, unknown> {
  drawn += 1;
  return {
    specversion: "1.0",
    id: `count-${drawn}`,
    source: "/shop",
    type: "app.installed",
    data: { country: "PL" },
    ...partial,
  };
}

const send = (body: unknown, type: string) =>
  ask(api, { path: "/api/v1/events", key, body, headers: { "content-type": `application/${type}` } });

test("SIG-64 the database is told by type what became of events: accepted, late, repeated, unknown, and refused with the last reason", async () => {
  const twice = cloudEvent();
  const old = { time: new Date(Date.now() - 2 * 3_600_000).toISOString() };
  const events = [
    twice,
    twice,
    cloudEvent(old),
    cloudEvent({ type: "drill.held" }),
    cloudEvent({ id: "" }),
    7,
  ];
  await send(events, "cloudevents-batch+json");
  expect(
    await send(cloudEvent({ type: "com.example.store.rated", data: { value: 6 } }), "cloudevents+json"),
  ).toMatchObject({ status: 400 });
  await tellEventCounts();
  await tellEventCounts();
  const rows = await db.owner`
    select type, accepted::int, late::int, duplicates::int, unknown::int, refused::int, last_problem
    from launch.event_intake where workspace_id = ${w.id} order by type`;
  const none = { accepted: 0, late: 0, duplicates: 0, unknown: 0, refused: 0, last_problem: null };
  expect(rows).toEqual([
    { ...none, type: "*", unknown: 1, refused: 1, last_problem: "An event is an object" },
    {
      ...none,
      type: "app.installed",
      accepted: 2,
      late: 1,
      duplicates: 1,
      refused: 1,
      last_problem: expect.stringMatching(/^id: /),
    },
    { ...none, type: "store.rated", refused: 1, last_problem: expect.stringMatching(/^data.value: /) },
  ]);
});
