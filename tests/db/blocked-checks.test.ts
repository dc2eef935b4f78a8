import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  check,
  checkMany,
  newKey,
  newWorkspace,
  openCountry,
  type TestKey,
  type Workspace,
} from "#tests/setup/people.ts";

const NOON = "2026-06-01T10:00:00.000Z";
const later = (seconds: number) => new Date(Date.parse(NOON) + seconds * 1000).toISOString();
const UNTIL = later(3600);

let db: TestDatabase;
let w: Workspace;
let key: TestKey;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  w = await newWorkspace(db);
  key = await newKey(db, w);
  await openCountry(db, w, "PL");
});

const act = (statement: string) => asPerson(db, w.owner, (sql) => sql.unsafe(`select ${statement}`));
const block = (kind: string, value: string) =>
  act(`launch.block('${w.id}', '${kind}', '${value}', '${UNTIL}', 'a farm')`);
const protect = (country = "PL") =>
  act(`launch.protect_payments('${w.id}', '${country}', '${UNTIL}', 'chargebacks')`);
const flag = (name: string) => act(`app.set_flag('${w.id}', '${name}', false, 'drill')`);

async function used(operation = "user") {
  const [row] = await db.owner<{ used: number }[]>`
    select used from launch.counters where workspace_id = ${w.id} and country = 'PL' and operation = ${operation}`;
  return row?.used;
}

test("BLK-30 a check of a blocked device, account or address is refused, says until when, and takes nothing; its neighbours in the batch are granted", async () => {
  await block("device", "farm-1");
  await block("account", "mallory");
  await block("ip_range", "203.0.113.0/24");
  const answers = await checkMany(db, key, [
    { device: "farm-1" },
    { device: "farm-2" },
    { subject: "mallory" },
    { subject: "alice", device: "phone", ip: "203.0.114.1" },
    { ip: "203.0.113.255" },
    { ip: "::ffff:203.0.113.9" },
    {},
    { operation: "creator", device: "farm-1" },
  ]);
  expect(answers.map(({ reason }) => reason)).toEqual([
    "blocked",
    "granted",
    "blocked",
    "granted",
    "blocked",
    "blocked",
    "granted",
    "blocked",
  ]);
  expect(answers[0]).toMatchObject({ allowed: false, retry_at: new Date(UNTIL) });
  expect(await used()).toBe(3);
});

test("BLK-31 a block is felt by the next check, ends by itself and by being lifted, and is no other workspace's", async () => {
  const ask = (k = key) => check(db, k, { device: "farm-1" });
  expect(await ask()).toMatchObject({ allowed: true });
  await block("device", "farm-1");
  expect(await ask()).toMatchObject({ reason: "blocked" });
  const neighbour = await newWorkspace(db);
  const theirs = await newKey(db, neighbour);
  await openCountry(db, neighbour, "PL");
  expect(await ask(theirs)).toMatchObject({ allowed: true });
  await setClock(db, later(3599));
  expect(await ask()).toMatchObject({ reason: "blocked" });
  await setClock(db, UNTIL);
  expect(await ask()).toMatchObject({ allowed: true });
  await setClock(db, NOON);
  await act(
    `launch.lift_block('${w.id}', id, 'a mistake') from launch.blocks where workspace_id = '${w.id}'`,
  );
  expect(await ask()).toMatchObject({ allowed: true });
});

test("BLK-32 a recorded answer stands although its device has been blocked since", async () => {
  await check(db, key, { device: "farm-1" }, "once");
  await block("device", "farm-1");
  expect(await check(db, key, { device: "farm-1" }, "once")).toMatchObject({ allowed: true, replayed: true });
  expect(await used()).toBe(1);
});

test("BLK-33 blocks hold in shadow mode, and with launch.enabled off nothing is looked at", async () => {
  await block("device", "farm-1");
  await flag("launch.countryCaps");
  expect(await check(db, key, { device: "farm-1" })).toMatchObject({
    allowed: false,
    reason: "blocked",
    shadow: null,
  });
  await flag("launch.enabled");
  expect(await check(db, key, { device: "farm-1" })).toMatchObject({
    allowed: true,
    reason: "engine_disabled",
  });
});

test("BLK-34 protected payments of a country are refused until the end, its other operations and other countries' payments are not", async () => {
  await openCountry(db, w, "CZ");
  await protect();
  const ask = async () =>
    (
      await checkMany(db, key, [
        { operation: "payment" },
        { operation: "user" },
        { operation: "creator" },
        { operation: "payment", country: "CZ" },
      ])
    ).map(({ reason }) => reason);
  expect(await ask()).toEqual(["blocked", "granted", "granted", "granted"]);
  expect(await check(db, key, { operation: "payment" })).toMatchObject({ retry_at: new Date(UNTIL) });
  expect(await used("payment")).toBe(0);
  await setClock(db, UNTIL);
  expect(await ask()).toEqual(["granted", "granted", "granted", "granted"]);
});

test("BLK-35 a pause outranks a protection, and a blocked account hears that it is blocked whatever else would refuse it", async () => {
  await protect();
  await block("account", "mallory");
  await act(`launch.override_throttle('${w.id}', 3, '${UNTIL}', 'drill')`);
  expect(await check(db, key, { subject: "mallory" })).toMatchObject({ reason: "blocked" });
  expect(await check(db, key, { subject: "alice" })).toMatchObject({
    reason: "throttled",
    retry_at: new Date(later(60)),
  });
  await act(`launch.pause_country('${w.id}', 'PL', 'drill')`);
  expect(await check(db, key, { operation: "payment" })).toMatchObject({ reason: "paused", retry_at: null });
});

test("BLK-36 a check reads a handful of a long blocklist, with an address and without", async () => {
  await db.owner`
    insert into launch.blocks (workspace_id, kind, value, reason, source, until)
    select ${w.id}, 'device', 'farm-' || i, 'a farm', 'import', ${UNTIL} from generate_series(1, 150000) i`;
  await db.owner.unsafe("analyze launch.blocks");
  const read = await db.owner.begin(async (sql) => {
    await sql.unsafe("set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off");
    const [found] = await sql<{ blocked: boolean[] }[]>`
      select array(select f.untils[i] is not null from generate_series(1, 4) i) as blocked from private.find_blocked(
        array[${w.id}::uuid], array[1, 1, 1, 1], array[null, 'alice', null, null], array[null, 'phone', null, 'farm-1'],
        array[null, '198.51.100.7', '20.0.4.9', null]::inet[], launch.now()) as f (untils)`;
    const [table] = await sql<{ rows: number }[]>`
      select (idx_tup_fetch + seq_tup_read)::int as rows from pg_stat_xact_user_tables where relid = 'launch.blocks'::regclass`;
    return { blocked: found?.blocked, rows: table?.rows };
  });
  expect(read.blocked).toEqual([false, false, false, true]);
  expect(read.rows).toBeLessThan(20);
});
