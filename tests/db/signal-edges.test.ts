import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { event, report } from "#tests/setup/event-rows.ts";
import { asPerson, newKey, newWorkspace, type TestKey, type Workspace } from "#tests/setup/people.ts";

const NOON = Date.parse("2026-06-10T12:00:00.000Z");
const MINUTE = 60_000;

let db: TestDatabase;
let w: Workspace;
let key: TestKey;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, new Date(NOON).toISOString());
  w = await newWorkspace(db);
  key = await newKey(db, w);
});

const seen = (country: string, time: number) => event({ subject: "ann", country, time });

test("SIG-50 of two batches about one subject at once the later event's country stays, whichever is committed last", async () => {
  await report(db, key, [seen("PL", NOON - 10 * MINUTE)]);
  let late = Promise.resolve("");
  await db.owner.begin(async (sql) => {
    await sql`update launch.subject_countries set country = 'FR', reported_at = ${new Date(NOON - MINUTE)} where workspace_id = ${w.id}`;
    late = report(db, key, [seen("DE", NOON - 5 * MINUTE)]);
    await expect
      .poll(
        async () =>
          (
            await db.owner`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
          ).length,
      )
      .toBe(1);
  });
  expect(await late).toBe("a");
  expect(
    await db.owner`select country, reported_at from launch.subject_countries where workspace_id = ${w.id}`,
  ).toEqual([{ country: "FR", reported_at: new Date(NOON - MINUTE) }]);
});

test("SIG-51 a subject's country is read by a key of the workspace it was reported to", async () => {
  const other = await newWorkspace(db);
  const theirs = await newKey(db, other);
  await report(db, key, [seen("PL", NOON)]);
  const read = (k: TestKey, { id }: Workspace) =>
    db.service.begin(async (sql) => {
      await sql`select app.act_as_key(${k.hash}, 'signals.report')`;
      return [...(await sql`select country from launch.read_subject_country(${id}, 'ann')`)];
    });
  expect(await read(key, w)).toEqual([{ country: "PL" }]);
  expect(await read(theirs, other)).toEqual([]);
  await expect(read(theirs, w)).rejects.toMatchObject({ code: "GTNIL" });
});

test("SIG-52 of one measurement given twice for one time in a call the last value stays", async () => {
  const at = NOON - MINUTE;
  await db.service.begin(async (sql) => {
    await sql`select app.act_as_key(${key.hash}, 'signals.report')`;
    await sql`select launch.report_measurements(${w.id}, '{webrtc_sessions,webrtc_sessions,other}', '{7,5,9}',
      ${[at, at, at]}::bigint[])`;
  });
  expect(
    await db.owner`select name, value from launch.measurements where workspace_id = ${w.id} order by name`,
  ).toEqual([
    { name: "other", value: 9 },
    { name: "webrtc_sessions", value: 5 },
  ]);
});

test("LOAD-30 the header's value that a measurement was pulled with goes with its limit", async () => {
  const secrets = async () => (await db.owner`select id from vault.secrets`).map(({ id }) => id);
  const before = await secrets();
  await asPerson(db, w.owner, async (sql) => {
    await sql`select launch.set_measurement_source(${w.id}, 'webrtc_sessions', 'https://prometheus.example.com', 'up',
      'Authorization', 'Bearer drill')`;
  });
  expect(await secrets()).toHaveLength(before.length + 1);
  await asPerson(
    db,
    w.owner,
    (sql) => sql`select launch.remove_limit(${w.id}, 'webrtc_sessions', 'a drill')`,
  );
  expect(await secrets()).toEqual(before);
});
