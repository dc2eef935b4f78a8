import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  check,
  newKey,
  newWorkspace,
  openCountry,
  settle,
  type Workspace,
} from "#tests/setup/people.ts";

const NOON = "2026-06-08T10:02:00.000Z";
const later = (hours: number) => new Date(Date.parse(NOON) + hours * 3_600_000).toISOString();

let db: TestDatabase;
let w: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  w = await newWorkspace(db);
});

const success = async (metric: string) => {
  const [row] = await asPerson(
    db,
    w.owner,
    (sql) => sql<{ part: number; whole: number }[]>`
      select part, whole from launch.read_success(${w.id}) where metric = ${metric}`,
  );
  return [row?.part, row?.whole];
};

test("MIS-40 a registration that was given back is none, though it was asked for", async () => {
  const key = await newKey(db, w);
  await openCountry(db, w, "PL");
  const { id } = await check(db, key, { hold_seconds: 60 });
  await check(db, key);
  await settle(db, key, id, "release");
  expect(await success("registrations")).toEqual([1, 2]);
});

test("MIS-41 answers count for 24 hours, and another workspace's events not at all", async () => {
  const other = await newWorkspace(db);
  await db.service`select launch.count_answers(100, 7, 5000)`;
  for (const { id } of [w, other]) {
    await db.owner`insert into launch.event_slots (workspace_id, country, slot_at, type, events)
      values (${id}, 'PL', ${later(-1)}, 'purchase.completed', 100)`;
  }
  expect(await success("chargebacks")).toEqual([0, 100]);
  expect(await success("api_errors")).toEqual([7, 100]);
  await setClock(db, later(24.1));
  expect(await success("api_errors")).toEqual([0, 0]);
});

test("MIS-42 verification is of snapshots of the last three hours, or unknown", async () => {
  await db.owner`insert into launch.region_kpis
    select ${w.id}, 'PL', ${NOON}, 100, 92, 0, 0, 0, 'USD', '{}', '{}', 0, '{}', 0, 0, null, null, 0`;
  await setClock(db, later(2.9));
  expect(await success("verification")).toEqual([92, 100]);
  await setClock(db, later(3));
  expect(await success("verification")).toEqual([0, 0]);
});

test("MIS-43 taking a tick back leaves those of other days, and editing one routine leaves the others", async () => {
  const [item] = await db.owner<{ id: string }[]>`
    select id from private.routine_items where workspace_id = ${w.id} and routine = 'evening' and position = 1`;
  const id = item?.id ?? "";
  const tick = (done: boolean) =>
    asPerson(db, w.owner, (sql) => sql`select launch.tick_routine(${w.id}, ${id}, ${done})`);
  await tick(true);
  await setClock(db, later(24));
  await tick(true);
  await tick(false);
  await asPerson(
    db,
    w.owner,
    (sql) => sql`select launch.set_routine(${w.id}, 'morning', '[{"title": "Look", "path": null}]', 'UTC')`,
  );
  const days = await db.owner`select day_on::text from private.routine_ticks where item_id = ${id}`;
  expect(days).toEqual([{ day_on: "2026-06-08" }]);
});
