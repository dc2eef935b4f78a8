import { afterAll, beforeAll, expect, test } from "vitest";
import { closeEvents } from "#lib/signals/events.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace } from "#tests/setup/people.ts";
import { type Api, ask, serveApi } from "./api.ts";

let db: TestDatabase;
let api: Api;
let key: string;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  api = await serveApi();
  key = (await newKey(db, await newWorkspace(db))).key;
});
afterAll(async () => {
  await closeEvents();
  await api.close();
  await db.close();
});

const today = () => new Date().toISOString().slice(0, 10).replaceAll("-", "");

test("SIG-43 a day without a partition is unavailable and not the caller's fault, until the job has made it", async () => {
  const measured = () =>
    ask(api, { path: "/api/v1/measurements", key, body: { measurements: [{ name: "sessions", value: 1 }] } });
  const sent = (id: string) =>
    ask(api, {
      path: "/api/v1/events",
      key,
      body: { specversion: "1.0", id, source: "/shop", type: "app.installed", data: { country: "PL" } },
      headers: { "content-type": "application/cloudevents+json" },
    });
  for (const table of ["measurements", "events"]) {
    await db.owner`drop table ${db.owner(`launch.${table}_${today()}`)}`;
  }
  const unavailable = { status: 503, body: { code: "unavailable" } };
  expect(await measured()).toMatchObject(unavailable);
  expect(await sent("first")).toMatchObject(unavailable);
  await db.owner`select launch.maintain_partitions()`;
  expect(await measured()).toMatchObject({ status: 202 });
  expect(await sent("first")).toMatchObject({ status: 202, body: { accepted: 1 } });
});
