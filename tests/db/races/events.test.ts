import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { connect, type Sql } from "#lib/db/connect.ts";
import { askEvents } from "#lib/signals/ask-events.ts";
import type { EventRow } from "#lib/signals/parse-event.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { event } from "#tests/setup/event-rows.ts";
import { newKey, newWorkspace, type TestKey, type Workspace } from "#tests/setup/people.ts";
import { readDeadlocks } from "./books.ts";

const CALLERS = 4;
const BATCH = 500;
const ROUNDS = 8;

let db: TestDatabase;
let callers: Sql[];
let w: Workspace;
let key: TestKey;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  callers = Array.from({ length: CALLERS }, () => connect("race", 1));
  await Promise.all(callers.map((sql) => sql`select 1`));
});
afterAll(async () => {
  await Promise.all(callers.map((sql) => sql.end()));
  await db.close();
});
beforeEach(async () => {
  w = await newWorkspace(db);
  key = await newKey(db, w);
});

/** Sends each caller's batch at once. Returns how many events the callers were told are new. */
async function race(batches: EventRow[][]): Promise<number> {
  const letters = await Promise.all(
    callers.map((sql, place) => askEvents(sql, [{ keyHash: key.hash, rows: batches[place] ?? [] }])),
  );
  return letters.flat().join("").split("a").length - 1;
}

const kept = () => db.owner`
  select count(*)::int as events, count(distinct (source, event_id))::int as names from launch.events where workspace_id = ${w.id}`;

/** A batch as each caller sends it: in another order, and when `times` is set as if it had happened at another second. */
function batchesOf(rows: EventRow[], times: boolean): EventRow[][] {
  const now = Date.now();
  return callers.map((_, place) => {
    const sent = times ? rows.map((row) => ({ ...row, time: now - place * 1000 })) : rows;
    return place % 2 === 0 ? sent : sent.toReversed();
  });
}

test.each([
  ["without a time", false],
  ["each time with another time", true],
] as const)("SIG-30 the same 500 events from 4 connections at once, %s, count once", async (_, times) => {
  for (let round = 1; round <= ROUNDS; round++) {
    const rows = Array.from({ length: BATCH }, () => event());
    expect(await race(batchesOf(rows, times))).toBe(BATCH);
    expect(await kept()).toEqual([{ events: round * BATCH, names: round * BATCH }]);
  }
  expect(await readDeadlocks(db)).toBe(0);
});

test("SIG-30 batches that share half of their events, from 4 connections at once, count each event once", async () => {
  for (let round = 1; round <= ROUNDS; round++) {
    const rows = Array.from({ length: BATCH }, () => event());
    const shared = callers.map((_, place) => rows.slice((place * BATCH) / 10, (place * BATCH) / 10 + 350));
    expect(await race(shared)).toBe(BATCH);
    expect(await kept()).toEqual([{ events: round * BATCH, names: round * BATCH }]);
  }
  expect(await readDeadlocks(db)).toBe(0);
});

test("RACE-18 batches that block the same values in opposite orders, in hours of their own, never deadlock", async () => {
  for (let round = 1; round <= ROUNDS * 2; round++) {
    const batches = callers.map((_, place) => {
      const values = Array.from({ length: 12 }, (_, at) => `device-${round}-${at}`);
      const ordered = place % 2 === 0 ? values : values.toReversed();
      const time = Date.now() - place * 3_600_000;
      const data = (value: string) => JSON.stringify({ kind: "device", value, reason: "a farm" });
      return ordered.map((value) =>
        event({ type: "blocklist.added", country: null, time, data: data(value) }),
      );
    });
    expect(await race(batches)).toBe(48);
  }
  const [blocked] = await db.owner`
    select count(*)::int as blocks from launch.blocks where workspace_id = ${w.id} and lifted_at is null`;
  expect(blocked).toEqual({ blocks: ROUNDS * 2 * 12 });
  expect(await readDeadlocks(db)).toBe(0);
});

test("SIG-31 control: without the unique index of the keys the same race counts events more than once", async () => {
  const indexes = await db.owner<{ name: string }[]>`
    select i.indexrelid::regclass::text as name from pg_index i join pg_inherits p on p.inhrelid = i.indrelid
    where p.inhparent = 'launch.event_keys'::regclass and i.indisunique`;
  expect(indexes.length).toBeGreaterThan(1);
  for (const { name } of indexes) await db.owner`drop index ${db.owner(name)}`;
  const rows = Array.from({ length: BATCH }, () => event());
  expect(await race(batchesOf(rows, true))).toBeGreaterThan(BATCH);
  expect(await kept()).toMatchObject([{ names: BATCH }]);
});
