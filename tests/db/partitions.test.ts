import { afterEach, beforeEach, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { check, newKey, newWorkspace, openCountry } from "#tests/setup/people.ts";

let db: TestDatabase;
beforeEach(async () => {
  db = await testDatabase();
});
afterEach(() => db.close());

const PLANS = {
  receipts_granted: 1,
  receipts_refused: 1,
  event_keys: 2,
  idempotency_keys: 2,
  reservations: 1,
  kept_slots: 1,
};
const KEPT = {
  receipts_granted: 400,
  receipts_refused: 14,
  event_keys: 4,
  idempotency_keys: 4,
  reservations: 400,
  kept_slots: 400,
};

async function daysOf(parent: string): Promise<string[]> {
  const rows = await db.owner`
    select to_char(to_date(right(c.relname, 8), 'YYYYMMDD'), 'YYYY-MM-DD') as day
    from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = ${`launch.${parent}`}::regclass order by 1`;
  return rows.map((row) => row.day);
}

const maintain = () => db.service`select launch.maintain_partitions() as made`;
const day = (iso: string, days: number) =>
  new Date(Date.parse(iso) + days * 86_400_000).toISOString().slice(0, 10);

test("PRT-01 partitions reach two days back and two weeks ahead, without a gap", async () => {
  const now = "2027-02-10T12:00:00Z";
  await setClock(db, now);
  for (const [parent, width] of Object.entries(PLANS)) {
    const days = (await daysOf(parent)).filter((name) => name >= day(now, -3));
    expect(days[0] ?? "", parent).toBeOneOf([day(now, -3), day(now, -2)]);
    expect(days.at(-1) ?? "", parent).toBeOneOf([day(now, 13), day(now, 14)]);
    const steps = days
      .slice(1)
      .map((name, index) => (Date.parse(name) - Date.parse(days[index] ?? "")) / 86_400_000);
    expect(new Set(steps), parent).toEqual(new Set([width]));
  }
});

test("PRT-02 they are dropped by age, each kind at its own, and nothing younger goes with them", async () => {
  const start = "2027-02-10T12:00:00Z";
  await setClock(db, start);
  for (const [parent, keep] of Object.entries(KEPT)) {
    const width = PLANS[parent as keyof typeof PLANS];
    const oldest = (await daysOf(parent)).find((name) => name >= day(start, -3)) ?? "";
    await db.owner`update test.clock set at = ${oldest}::timestamptz + make_interval(days => ${keep + width})`;
    await maintain();
    expect(await daysOf(parent), `${parent} keeps what is exactly at its age`).toContain(oldest);
    await db.owner`update test.clock set at = at + interval '1 second'`;
    await maintain();
    const left = await daysOf(parent);
    expect(left, parent).not.toContain(oldest);
    expect(left, parent).toContain(day(oldest, width));
    await db.owner`update test.clock set at = ${start}::timestamptz`;
    await maintain();
  }
});

test("PRT-03 running again makes nothing, and two runs at once make each partition once", async () => {
  await setClock(db, "2027-02-10T12:00:00Z");
  expect(await maintain()).toEqual([{ made: 0 }]);
  await db.owner`update test.clock set at = '2027-03-20T12:00:00Z'`;
  const made = (await Promise.all([maintain(), maintain(), maintain()]))
    .map(([row]) => row?.made)
    .toSorted((a, b) => a - b);
  expect(made[0]).toBe(0);
  expect(made[1]).toBe(0);
  expect(made[2]).toBeGreaterThan(50);
});

test("PRT-04 a new partition has row-level security and lets nobody in", async () => {
  await setClock(db, "2027-02-10T12:00:00Z");
  const open = await db.owner`
    select c.oid::regclass::text as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where c.relname ~ '_2027\\d{4}$' and (not c.relrowsecurity
      or has_table_privilege('authenticated', c.oid, 'select') or has_table_privilege('gantry_service', c.oid, 'select'))`;
  expect(open).toEqual([]);
});

test("PRT-05 a check finds its partitions at any hour of the two weeks that are made ahead", async () => {
  await setClock(db, "2027-02-10T12:00:00Z");
  const w = await newWorkspace(db);
  const key = await newKey(db, w);
  await openCountry(db, w, "PL");
  for (const ahead of [0, 1, 6, 13]) {
    await db.owner`update test.clock set at = timestamptz '2027-02-10T12:00:00Z' + make_interval(days => ${ahead})`;
    expect(await check(db, key, { hold_seconds: 60 })).toMatchObject({ allowed: true });
  }
});
