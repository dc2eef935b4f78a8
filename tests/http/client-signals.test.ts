import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createGantry, type Gantry } from "#lib/client/index.ts";
import type { ReportedEvent } from "#lib/client/signals.ts";
import { closeEvents } from "#lib/signals/events.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, type Workspace } from "#tests/setup/people.ts";
import { type ServedRoutes, serveRoutes } from "./serve-routes.ts";

let db: TestDatabase;
let served: ServedRoutes;
let w: Workspace;
let gantry: Gantry;
let losing = 0;
const asked: string[] = [];

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  served = await serveRoutes({
    losesAnswer(request, answer) {
      asked.push(new URL(request.url).pathname);
      if (losing === 0 || answer.status !== 202) return false;
      losing -= 1;
      return true;
    },
  });
});
afterAll(async () => {
  await closeEvents();
  await served.close();
  await db.close();
});
beforeEach(async () => {
  w = await newWorkspace(db);
  gantry = client((await newKey(db, w)).key);
  asked.length = 0;
});

function client(key: string, url = served.url): Gantry {
  const failModes = { user: "open", creator: "open" } as const;
  return createGantry({ url, key, failModes, unknownCountry: "refuse", timeout: 10_000, retries: 2 });
}

const installs = (count: number, data: ReportedEvent["data"] = { country: "PL" }): ReportedEvent[] =>
  Array.from({ length: count }, (_, place) => ({
    type: "app.installed",
    source: "/app",
    id: `${place}`,
    data,
  }));

async function kept(): Promise<number> {
  const [row] = await db.owner`select count(*)::int as n from launch.events where workspace_id = ${w.id}`;
  return row?.n;
}

test("CLIENT-08 events go in batches of 1,000, and what is refused is named by its place in the whole list", async () => {
  const events = installs(2300);
  events[1500] = { type: "purchase.completed", source: "/app", id: "no amount" };
  events[2200] = { type: "app.installed", source: "/app", id: "ahead", time: "9999-01-01T00:00:00Z" };
  events[2201] = { type: "coffee.brewed", source: "/app", id: "strange" };
  events[2202] = { type: "app.installed", source: "/app", id: "0" };
  const report = await gantry.reportEvents(events);
  expect(report).toMatchObject({ accepted: 2296, duplicates: 1, unknown: 1 });
  expect(report.rejected.map(({ index }) => index)).toEqual([1500, 2200]);
  expect(asked).toHaveLength(3);
  expect(await kept()).toBe(2296);
});

test("CLIENT-08 a thousand events too large for one request go in two", async () => {
  const events = installs(1000, { country: "PL", note: "ż".repeat(700) });
  expect(await gantry.reportEvents(events)).toMatchObject({ accepted: 1000, rejected: [] });
  expect(asked).toHaveLength(2);
  expect(await gantry.reportEvents([])).toEqual({ accepted: 0, duplicates: 0, unknown: 0, rejected: [] });
  expect(asked).toHaveLength(2);
});

test("CLIENT-09 events whose answer is lost are reported again and count once", async () => {
  losing = 2;
  expect(await gantry.reportEvents(installs(10))).toMatchObject({ accepted: 0, duplicates: 10 });
  expect(asked).toHaveLength(3);
  expect(await kept()).toBe(10);
});

test("CLIENT-10 measurements whose answer is lost are reported again and kept once", async () => {
  const at = new Date(Date.now() - 60_000).toISOString();
  const measurements = Array.from({ length: 1001 }, (_, place) => ({ name: `n.${place}`, value: place, at }));
  losing = 1;
  expect(await gantry.reportMeasurements(measurements)).toEqual({ accepted: 1001 });
  expect(asked).toHaveLength(3);
  const rows =
    await db.owner`select sum(value)::int as sum from launch.measurements where workspace_id = ${w.id}`;
  expect(rows).toEqual([{ sum: 500_500 }]);
});

test("CLIENT-11 what could not be reported throws its problem code", async () => {
  const blind = client((await newKey(db, w, ["caps.check"])).key);
  await expect(blind.reportEvents(installs(1))).rejects.toMatchObject({ code: "forbidden" });
  await expect(gantry.reportMeasurements([{ name: "Bad name", value: 1 }])).rejects.toMatchObject({
    code: "invalid_input",
  });
  const away = client("gty_any", "http://127.0.0.1:1");
  await expect(away.reportEvents(installs(1))).rejects.toMatchObject({ code: "unavailable" });
  expect(await kept()).toBe(0);
});

test("CLIENT-12 a subject's country is the one its events last reported, and null when none did", async () => {
  const at = new Date(Date.now() - 60_000);
  const subject = "account 42/ż%2F";
  const placed = { type: "chat.started", source: "/app", subject, time: at.toISOString() };
  await gantry.reportEvents([{ ...placed, id: "1", data: { country: "IT" } }]);
  expect(await gantry.countryOfSubject(subject)).toEqual({
    subject,
    country: "IT",
    reported_at: at.toISOString(),
  });
  expect(await gantry.countryOfSubject("account 43")).toBeNull();
  const stranger = client((await newKey(db, await newWorkspace(db))).key);
  expect(await stranger.countryOfSubject(subject)).toBeNull();
  const blind = client((await newKey(db, w, ["caps.check"])).key);
  await expect(blind.countryOfSubject(subject)).rejects.toMatchObject({ code: "forbidden" });
  await expect(gantry.countryOfSubject("x".repeat(201))).rejects.toMatchObject({ code: "invalid_input" });
});
