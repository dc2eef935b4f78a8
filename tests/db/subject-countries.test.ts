import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { event, report } from "#tests/setup/event-rows.ts";
import { newKey, newWorkspace, type TestKey, type Workspace } from "#tests/setup/people.ts";

const NOON = Date.parse("2026-06-10T12:00:00.000Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let db: TestDatabase;
let w: Workspace;
let key: TestKey;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await moveTo(0);
  w = await newWorkspace(db);
  key = await newKey(db, w);
});

const moveTo = (offset: number) => setClock(db, new Date(NOON + offset).toISOString());
const seen = (subject: string, country: string | null, offset: number) =>
  event({ subject, country, time: NOON + offset });

interface Row {
  subject: string;
  country: string;
  reported_at: Date;
  version: string;
}

const rows = () => db.owner<Row[]>`
  select subject, country, reported_at, xmin::text as version from launch.subject_countries where workspace_id = ${w.id} order by subject`;
const places = async () =>
  (await rows()).map(({ subject, country, reported_at }) => [subject, country, reported_at.getTime() - NOON]);

test("SIG-32 a subject's country is that of the event that happened last, in one batch and over several", async () => {
  const batch = [seen("ann", "PL", -MINUTE), seen("ann", "DE", -2 * MINUTE), seen("bob", "IT", -HOUR)];
  expect(await report(db, key, batch)).toBe("aaa");
  expect(await places()).toEqual([
    ["ann", "PL", -MINUTE],
    ["bob", "IT", -HOUR],
  ]);
  await report(db, key, [seen("ann", "FR", -90_000), seen("bob", "ES", 0)]);
  expect(await places()).toEqual([
    ["ann", "PL", -MINUTE],
    ["bob", "ES", 0],
  ]);
});

test("SIG-33 a late event of another country changes nothing, also after hours in one place", async () => {
  for (let hours = 0; hours <= 3; hours++) {
    await moveTo(hours * HOUR);
    await report(db, key, [seen("ann", "PL", hours * HOUR)]);
    await report(db, key, [seen("ann", "PL", hours * HOUR + MINUTE)]);
  }
  await report(db, key, [seen("ann", "DE", HOUR + 30 * MINUTE)]);
  expect((await rows()).map(({ country }) => country)).toEqual(["PL"]);
  await report(db, key, [seen("ann", "DE", 3 * HOUR + 2 * MINUTE)]);
  expect((await rows()).map(({ country }) => country)).toEqual(["DE"]);
});

test("SIG-34 steady traffic writes no row: the time moves by the hour", async () => {
  await report(db, key, [seen("ann", "PL", 0)]);
  const before = await rows();
  await moveTo(HOUR);
  for (const minutes of [1, 30, 60]) await report(db, key, [seen("ann", "PL", minutes * MINUTE)]);
  expect(await rows()).toEqual(before);
  await report(db, key, [seen("ann", "PL", HOUR + 1)]);
  expect(await places()).toEqual([["ann", "PL", HOUR + 1]]);
});

test("SIG-35 only what is kept places a subject: no duplicate, no refused event, no event without a country", async () => {
  const first = seen("ann", "PL", -MINUTE);
  await report(db, key, [first, seen("bob", null, 0), event({ country: "DE" })]);
  const again = { ...first, country: "DE", time: NOON };
  expect(await report(db, key, [again, seen("ann", "DE", 6 * MINUTE)])).toBe("df");
  expect(await report(db, key, [event({ type: "coffee.brewed", subject: "cid", country: "DE" })])).toBe("u");
  expect(await places()).toEqual([["ann", "PL", -MINUTE]]);
});

test("SIG-36 a subject of which nothing was reported for 120 days is forgotten", async () => {
  await report(db, key, [seen("ann", "PL", 0), seen("bob", "PL", MINUTE)]);
  await moveTo(120 * DAY + 1);
  await db.owner`select launch.forget_subject_countries()`;
  expect(await places()).toEqual([["bob", "PL", MINUTE]]);
});
