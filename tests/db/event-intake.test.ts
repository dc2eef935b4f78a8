import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { asUser } from "#lib/db/as-user.ts";
import {
  readIntake,
  readIntakeSlots,
  readLastMeasurements,
  readPulls,
  readUnknownTypes,
} from "#lib/signals/intake.ts";
import { EVENT_TYPES } from "#lib/signals/vocabulary.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { event, report } from "#tests/setup/event-rows.ts";
import {
  asPerson,
  join,
  newKey,
  newWorkspace,
  type Person,
  type TestKey,
  type Workspace,
} from "#tests/setup/people.ts";

const NOON = "2026-06-10T12:00:00.000Z";
const HOUR = 3_600_000;

let db: TestDatabase;
let w: Workspace;
let key: TestKey;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  w = await newWorkspace(db);
  key = await newKey(db, w);
});

const ago = (milliseconds: number) => new Date(Date.parse(NOON) - milliseconds).toISOString();

/** What a process tells: of one type, how many were accepted, late, repeated, unknown and refused, and why the last was refused. */
async function count(hash: Buffer, type: string, numbers: number[], problem: string | null = null) {
  const [accepted = 0, late = 0, duplicates = 0, unknown = 0, refused = 0] = numbers;
  await db.service`select launch.count_events(array[${hash}::bytea], array[${type}], array[${accepted}::bigint], array[${late}::bigint],
    array[${duplicates}::bigint], array[${unknown}::bigint], array[${refused}::bigint], array[${problem}::text])`;
}

/** What the page reads, as this person. */
const page = (person: Person = w.owner) =>
  asUser({ sub: person.id }, async (tx) => ({
    types: await readIntake(tx, w.id),
    slots: await readIntakeSlots(tx, w.id),
    unknown: await readUnknownTypes(tx, w.id),
    measurements: await readLastMeasurements(tx, w.id),
    pulls: await readPulls(tx, w.id),
  }));

test("SIG-60 what processes count adds up by the quarter of an hour and type; a key that is not in force counts nothing", async () => {
  await count(key.hash, "app.installed", [3, 1, 2]);
  await count(key.hash, "app.installed", [4, 0, 0, 0, 1], "data.country: Not a country");
  await count(key.hash, "app.installed", [1]);
  await count(key.hash, "drill.held", [0, 0, 0, 5]);
  await count(Buffer.alloc(32, 7), "app.installed", [9]);
  const blind = await newKey(db, w, ["caps.check"]);
  await count(blind.hash, "app.installed", [9]);
  const rows = await db.owner`
    select type, slot_at, accepted::int, late::int, duplicates::int, unknown::int, refused::int, last_problem, problem_at
    from launch.event_intake where workspace_id = ${w.id} order by type`;
  const slot = { slot_at: new Date(NOON) };
  expect(rows).toEqual([
    {
      ...slot,
      type: "*",
      accepted: 0,
      late: 0,
      duplicates: 0,
      unknown: 5,
      refused: 0,
      last_problem: null,
      problem_at: null,
    },
    {
      ...slot,
      type: "app.installed",
      accepted: 8,
      late: 1,
      duplicates: 2,
      unknown: 0,
      refused: 1,
      last_problem: "data.country: Not a country",
      problem_at: new Date(NOON),
    },
  ]);
  expect(await db.owner`select from launch.event_intake where workspace_id <> ${w.id}`).toHaveLength(0);
});

test("SIG-61 the page has a row for each type: the last hour, 24 hours, the newest refusal, and when one last came in 7 days", async () => {
  await setClock(db, ago(6 * 24 * HOUR));
  await count(key.hash, "store.rated", [1]);
  await setClock(db, ago(25 * HOUR));
  await count(key.hash, "app.installed", [100, 0, 0, 0, 1], "too old to be the newest");
  await setClock(db, ago(2 * HOUR));
  await count(key.hash, "app.installed", [10, 2, 1, 0, 2], "data.country: Not a country");
  await setClock(db, NOON);
  await count(key.hash, "app.installed", [5]);
  await count(key.hash, "*", [0, 0, 0, 3, 1], "type: Needed");
  const { types, slots } = await page();
  expect(types.map(({ type }) => type)).toEqual([...EVENT_TYPES, "*"]);
  const of = (type: string) => types.find((row) => row.type === type);
  expect(of("app.installed")).toEqual({
    type: "app.installed",
    hour: 5,
    accepted: 15,
    late: 2,
    duplicates: 1,
    unknown: 0,
    refused: 2,
    last_at: NOON,
    last_problem: "data.country: Not a country",
    problem_at: ago(2 * HOUR),
  });
  expect(of("store.rated")).toMatchObject({ accepted: 0, last_at: ago(6 * 24 * HOUR) });
  expect(of("chat.started")).toMatchObject({ accepted: 0, last_at: null, last_problem: null });
  expect(of("*")).toMatchObject({ unknown: 3, refused: 1, last_at: NOON, last_problem: "type: Needed" });
  expect(slots).toEqual([
    { at: Date.parse(ago(2 * HOUR)), accepted: 10, refused: 2, unknown: 0 },
    { at: Date.parse(NOON), accepted: 5, refused: 1, unknown: 3 },
  ]);
});

test("SIG-62 the page has the newest value of each measurement with its limit and staleness, what is pulled, and types that are not ours", async () => {
  await setClock(db, ago(8 * 24 * HOUR));
  await db.owner`insert into launch.measurements values (${w.id}, 'forgotten', launch.now(), launch.now(), 1)`;
  await setClock(db, NOON);
  await db.owner`insert into launch.measurements select ${w.id}, n.name, launch.now() - n.ago, launch.now(), n.value from (values
    ('webrtc_sessions', interval '1 hour', 900), ('webrtc_sessions', interval '5 minutes', 8200),
    ('queue_depth', interval '2 hours', 7), ('queue_depth', interval '301 seconds', 3), ('zz', interval '0', 0.5)) as n (name, ago, value)`;
  await report(db, key, [event({ type: "drill.held", source: "/drill" }), event({ type: "drill.held" })]);
  await asPerson(
    db,
    w.owner,
    (sql) =>
      sql`select launch.set_measurement_source(${w.id}, 'webrtc_sessions', 'http://prometheus:9090', 'sum(sessions)')`,
  );
  const { measurements, pulls, unknown } = await page();
  expect(measurements).toEqual([
    {
      name: "queue_depth",
      value: 3,
      measured_at: ago(301_000),
      is_stale: true,
      source: null,
      value_limit: null,
    },
    {
      name: "webrtc_sessions",
      value: 8200,
      measured_at: ago(300_000),
      is_stale: false,
      source: "prometheus",
      value_limit: 10_000,
    },
    { name: "zz", value: 0.5, measured_at: NOON, is_stale: false, source: null, value_limit: null },
  ]);
  expect(pulls).toEqual([
    {
      name: "webrtc_sessions",
      url: "http://prometheus:9090",
      query: "sum(sessions)",
      enabled: true,
      last_at: null,
      last_error: null,
    },
  ]);
  expect(unknown).toEqual([{ type: "drill.held", events: 2, last_source: "/tests", last_at: NOON }]);
});

test("SIG-63 who may not read load sees nothing of what came in", async () => {
  await count(key.hash, "app.installed", [1]);
  await db.owner`insert into launch.measurements values (${w.id}, 'zz', launch.now(), launch.now(), 1)`;
  const { types, slots, measurements } = await page(await join(db, w, "viewer"));
  expect(types.every(({ last_at }) => last_at === null)).toBe(true);
  expect([slots, measurements]).toEqual([[], []]);
  expect((await page(await join(db, w, "safety"))).slots).toHaveLength(1);
});
