import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ROLES } from "#lib/workspace/vocabulary.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  check,
  join,
  newKey,
  newWorkspace,
  openCountry,
  settle,
  type TestKey,
  type Workspace,
} from "#tests/setup/people.ts";

const NOON = "2026-06-01T10:00:00.000Z";

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
  await openCountry(db, w, "PL", { user: 10 });
});

async function counter() {
  const [row] = await db.owner`
    select used, held, corrected from launch.counters where workspace_id = ${w.id} and operation = 'user'`;
  return row;
}

async function spent(): Promise<number> {
  const [row] = await db.owner<{ amount: number }[]>`
    select amount_used::int as amount from launch.counters
    where workspace_id = ${w.id} and country = 'CZ' and operation = 'payment'`;
  return row?.amount ?? -1;
}

const correct = (
  change: number | null,
  { reason = "miscounted", operation = "user", by = w.owner, country = "PL" } = {},
) =>
  asPerson(
    db,
    by,
    (sql) =>
      sql`select * from launch.correct_counter(${w.id}, ${country}, ${operation}, ${change}, ${reason})`,
  );

describe("a correction", () => {
  test("CNT-01 moves the counter by what is given, audited with its reason", async () => {
    await check(db, key, { units: 6 });
    expect(await correct(-2)).toEqual([{ used: 4, held: 0 }]);
    expect(await correct(6)).toEqual([{ used: 10, held: 0 }]);
    expect(await counter()).toEqual({ used: 10, held: 0, corrected: 4 });
    expect(await check(db, key)).toMatchObject({ reason: "cap_reached" });
    const [entry] = await db.owner`
      select action, reason, details from app.audit_entries where workspace_id = ${w.id} order by sequence desc limit 1`;
    expect(entry).toEqual({
      action: "counter.corrected",
      reason: "miscounted",
      details: { operation: "user", change: 6, was: 4, used: 10 },
    });
  });

  test("CNT-01 without a number resets the counter to what reservations still hold", async () => {
    const { id } = await check(db, key, { units: 3, hold_seconds: 60 });
    await check(db, key, { units: 5 });
    expect(await correct(null)).toEqual([{ used: 3, held: 3 }]);
    await settle(db, key, id, "release");
    expect(await counter()).toEqual({ used: 0, held: 0, corrected: -5 });
  });

  test("CNT-05 a reset takes the spent amount back as well, to what reservations still hold, and says so in the audit", async () => {
    await openCountry(db, w, "CZ", { amount: { minor: 1000, currency: "EUR" } });
    const pay = (minor: number, hold?: number) =>
      check(db, key, {
        country: "CZ",
        operation: "payment",
        amount: { minor, currency: "EUR" },
        ...(hold === undefined ? {} : { hold_seconds: hold }),
      });
    const { id } = await pay(300, 60);
    await pay(650);
    expect(await pay(100)).toMatchObject({ reason: "amount_cap_reached" });
    await correct(1, { operation: "payment", country: "CZ" });
    expect(await spent()).toBe(950);
    expect(await correct(null, { operation: "payment", country: "CZ" })).toEqual([{ used: 1, held: 1 }]);
    expect(await spent()).toBe(300);
    const [entry] = await db.owner`
      select details from app.audit_entries where workspace_id = ${w.id} order by sequence desc limit 1`;
    expect(entry?.details).toMatchObject({ change: -2, amount_was: 950, amount_used: 300 });
    expect(await pay(700)).toMatchObject({ allowed: true });
    await settle(db, key, id, "release");
    expect(await spent()).toBe(700);
  });

  test("CNT-02 never goes below the held units, needs a reason and a known operation, and changes nothing otherwise", async () => {
    await check(db, key, { units: 3, hold_seconds: 60 });
    const before = await counter();
    await expect(correct(-1)).rejects.toMatchObject({ code: "GTTRN" });
    for (const reason of ["", "  "])
      await expect(correct(1, { reason })).rejects.toMatchObject({ code: "GTRSN" });
    await expect(correct(1, { operation: "message" })).rejects.toMatchObject({ code: "GTINV" });
    await expect(correct(1, { country: "CZ" })).rejects.toMatchObject({ code: "GTNIL" });
    await expect(correct(2_147_483_647)).rejects.toMatchObject({ code: "22003" });
    expect(await counter()).toEqual(before);
  });

  test("CNT-02 after midnight concerns the new day", async () => {
    await check(db, key, { units: 6 });
    await setClock(db, "2026-06-01T22:00:00Z");
    await expect(correct(-1)).rejects.toMatchObject({ code: "GTTRN" });
    expect(await correct(2)).toEqual([{ used: 2, held: 0 }]);
    const [kept] =
      await db.owner`select used from launch.counter_days where workspace_id = ${w.id} and operation = 'user'`;
    expect(kept).toEqual({ used: 6 });
  });

  test.each(ROLES)("CNT-03 is for owners and admins: %s", async (role) => {
    const attempt = correct(1, { by: await join(db, w, role) });
    if (role === "owner" || role === "admin") await attempt;
    else await expect(attempt).rejects.toMatchObject({ code: "GTROL" });
  });
});

describe("the capacity view", () => {
  const capacity = () =>
    asPerson(
      db,
      w.owner,
      (sql) => sql`
        select used, held, corrected, amount_used_minor::int as amount, cap, day_on::text, resets_at
        from launch.capacity where workspace_id = ${w.id} and operation = 'user'`,
    );

  test("CNT-04 shows what the counter has, and after midnight the day that would open", async () => {
    await check(db, key, { units: 2, hold_seconds: 60 });
    await correct(1);
    const today = { day_on: "2026-06-01", resets_at: new Date("2026-06-01T22:00:00Z"), cap: 10, amount: 0 };
    expect(await capacity()).toEqual([{ used: 3, held: 2, corrected: 1, ...today }]);
    await setClock(db, "2026-06-01T22:00:00Z");
    const tomorrow = {
      day_on: "2026-06-02",
      resets_at: new Date("2026-06-02T22:00:00Z"),
      cap: 10,
      amount: 0,
    };
    const peeked = [{ used: 0, held: 0, corrected: 0, ...tomorrow }];
    expect(await capacity()).toEqual(peeked);
    await db.owner`select launch.close_days()`;
    expect(await capacity()).toEqual(peeked);
  });

  test("CNT-04 peeking consumes nothing, and a key reads its own workspace's", async () => {
    const read = (scope: string, country: string | null) =>
      db.service`select country, operation, used from launch.read_capacity(${key.hash}, ${scope}, ${country})`;
    for (let time = 0; time < 3; time++) expect(await read("caps.check", "PL")).toHaveLength(3);
    expect(await counter()).toMatchObject({ used: 0 });
    const other = await newWorkspace(db);
    await openCountry(db, other, "CZ");
    expect((await read("countries.read", null)).map((row) => row.country)).toEqual(["PL", "PL", "PL"]);
    await expect(read("countries.read", "CZ")).rejects.toMatchObject({ code: "GTNIL" });
  });
});
