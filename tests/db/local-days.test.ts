import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, check, newKey, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

/** [country, its date, what is special, first instant, first instant of the next day] */
const DAYS = [
  ["PL", "2026-06-01", "an ordinary day", "2026-05-31T22:00:00Z", "2026-06-01T22:00:00Z", 24],
  ["PL", "2026-03-29", "clocks go forward", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 23],
  ["PL", "2026-10-25", "clocks go back", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 25],
  ["RO", "2026-03-29", "clocks go forward", "2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z", 23],
  ["RO", "2026-10-25", "clocks go back", "2026-10-24T21:00:00Z", "2026-10-25T22:00:00Z", 25],
  ["GR", "2026-03-29", "clocks go forward", "2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z", 23],
  ["GR", "2026-10-25", "clocks go back", "2026-10-24T21:00:00Z", "2026-10-25T22:00:00Z", 25],
  ["CL", "2026-09-06", "midnight is skipped", "2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z", 23],
  ["CL", "2026-04-04", "its last hour comes twice", "2026-04-04T03:00:00Z", "2026-04-05T04:00:00Z", 25],
  ["EG", "2026-04-24", "midnight is skipped", "2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z", 23],
  ["EG", "2026-10-29", "its last hour comes twice", "2026-10-28T21:00:00Z", "2026-10-29T22:00:00Z", 25],
  ["CU", "2026-03-08", "midnight is skipped", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", 23],
  [
    "CU",
    "2026-10-31",
    "the midnight that ends it comes twice",
    "2026-10-31T04:00:00Z",
    "2026-11-01T05:00:00Z",
    25,
  ],
  [
    "CU",
    "2026-11-01",
    "it begins with midnight's second coming",
    "2026-11-01T05:00:00Z",
    "2026-11-02T05:00:00Z",
    24,
  ],
] as const;

const justBefore = (iso: string, ms = 1) => new Date(Date.parse(iso) - ms).toISOString();

async function counter(w: Workspace) {
  const [row] =
    await db.owner`select *, day_on::text as day_on from launch.counters where workspace_id = ${w.id} and operation = 'user'`;
  return row;
}

describe("a local day", () => {
  test.each(DAYS)(
    "DAY-01 in %s, %s (%s) runs from %s to %s: %i hours",
    async (...[code, day, , starts, ends, hours]) => {
      const w = await newWorkspace(db);
      const key = await newKey(db, w);
      expect((Date.parse(ends) - Date.parse(starts)) / 3_600_000).toBe(hours);
      await setClock(db, justBefore(starts));
      await openCountry(db, w, code, { user: 1 });
      expect(await check(db, key, { country: code })).toMatchObject({
        allowed: true,
        resets_at: new Date(starts),
      });
      expect(await check(db, key, { country: code })).toMatchObject({
        allowed: false,
        retry_at: new Date(starts),
      });

      await setClock(db, starts);
      expect(await check(db, key, { country: code })).toMatchObject({
        allowed: true,
        resets_at: new Date(ends),
      });
      await setClock(db, justBefore(ends));
      expect(await check(db, key, { country: code })).toMatchObject({
        allowed: false,
        retry_at: new Date(ends),
      });
      expect(await counter(w)).toMatchObject({
        day_on: day,
        used: 1,
        day_starts_at: new Date(starts),
        day_ends_at: new Date(ends),
      });

      await setClock(db, ends);
      expect(await check(db, key, { country: code })).toMatchObject({ allowed: true, remaining: 0 });
      const [kept] = await db.owner`
      select used, cap, day_starts_at, day_ends_at from launch.counter_days
      where workspace_id = ${w.id} and operation = 'user' and day_on = ${day}`;
      expect(kept).toEqual({ used: 1, cap: 1, day_starts_at: new Date(starts), day_ends_at: new Date(ends) });
    },
  );

  test("DAY-02 over a year, in every zone a country has, days are 23 to 25 hours without gap or overlap", async () => {
    const odd = await db.owner`
      with zones as (select distinct time_zone as zone from launch.iso_countries),
      days as (
        select z.zone, d::date as day_on, private.day_boundary(z.zone, d::date) as starts
        from zones z, generate_series(date '2026-07-01', date '2027-07-02', interval '1 day') d),
      windows as (
        select *, lead(starts) over by_day as ends, lag(starts) over by_day as previous from days
        window by_day as (partition by zone order by day_on))
      select zone, day_on, ends - starts as lasts from windows
      where extract(epoch from ends - starts) / 3600 not in (23, 24, 25)
        -- Which date an instant belongs to can only go wrong where clocks change.
        or ((ends - starts, starts - previous) <> (interval '24 hours', interval '24 hours') and (
          private.local_date(zone, starts) <> day_on or private.local_date(zone, ends - interval '1 microsecond') <> day_on))`;
    expect(odd).toEqual([]);
    const [seen] = await db.owner`select count(distinct time_zone)::int as zones from launch.iso_countries`;
    expect(seen?.zones).toBeGreaterThan(200);
  });

  test("DAY-02 any instant lies within the day that it is said to belong to", async () => {
    const zones = (await db.owner`select distinct time_zone from launch.iso_countries order by 1`).map(
      (row) => row.time_zone,
    );
    const instant = fc
      .date({ min: new Date("2024-01-01"), max: new Date("2034-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString());
    const places = fc.array(fc.tuple(fc.constantFrom(...zones), instant), { minLength: 200, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(places, async (asked) => {
        const outside = await db.owner`
          select zone, at from unnest(${asked.map(([zone]) => zone)}::text[], ${asked.map(([, at]) => at)}::timestamptz[]) as a (zone, at),
            lateral (select private.local_date(zone, at) as day_on) d
          where at < private.day_boundary(zone, day_on) or at >= private.day_boundary(zone, day_on + 1)`;
        expect(outside).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  test("DAY-03 a clock that steps back does not reopen the day before", async () => {
    const w = await newWorkspace(db);
    const key = await newKey(db, w);
    await setClock(db, "2026-06-01T22:00:00Z");
    await openCountry(db, w, "PL", { user: 2 });
    await check(db, key);
    await setClock(db, "2026-06-01T21:30:00Z");
    expect(await check(db, key)).toMatchObject({
      allowed: true,
      remaining: 0,
      resets_at: new Date("2026-06-02T22:00:00Z"),
    });
    expect(await counter(w)).toMatchObject({ day_on: "2026-06-02", used: 2 });
  });

  test("DAY-04 days without traffic are closed by the job, at once and only once", async () => {
    const w = await newWorkspace(db);
    const key = await newKey(db, w);
    await setClock(db, "2026-06-01T12:00:00Z");
    await openCountry(db, w, "PL");
    await check(db, key, { units: 5 });
    await setClock(db, "2026-06-05T12:00:00Z");
    const close = () => db.owner`select launch.close_days() as closed`;
    const closed = await Promise.all([close(), close()]);
    expect(closed.map(([row]) => row?.closed > 0).toSorted()).toEqual([false, true]);
    expect(await counter(w)).toMatchObject({
      day_on: "2026-06-05",
      used: 0,
      day_starts_at: new Date("2026-06-04T22:00:00Z"),
    });
    const kept =
      await db.owner`select day_on::text, used from launch.counter_days where workspace_id = ${w.id} and operation = 'user'`;
    expect(kept).toEqual([{ day_on: "2026-06-01", used: 5 }]);
  });

  test("DAY-05 a country that is unlisted and allowed resets at its main zone's midnight", async () => {
    const w = await newWorkspace(db);
    const key = await newKey(db, w);
    await asPerson(db, w.owner, (sql) => sql`select app.change_workspace(${w.id}, 'Test', true, null)`);
    await setClock(db, "2026-06-01T12:00:00Z");
    expect(await check(db, key, { country: "JP" })).toMatchObject({
      allowed: true,
      resets_at: new Date("2026-06-01T15:00:00Z"),
    });
  });
});

describe("a change of zone", () => {
  const change = (w: Workspace, zone: string) =>
    asPerson(db, w.owner, (sql) => sql`select launch.change_time_zone(${w.id}, 'PL', ${zone}, 'moved')`);

  test.each([
    ["to the east", "Pacific/Auckland", "2026-06-02T12:00:00Z", "2026-06-02"],
    ["to the far east", "Pacific/Kiritimati", "2026-06-02T10:00:00Z", "2026-06-02"],
    ["to the west", "America/Los_Angeles", "2026-06-03T07:00:00Z", "2026-06-02"],
    ["to the far west", "Pacific/Pago_Pago", "2026-06-03T11:00:00Z", "2026-06-02"],
    ["to UTC", "UTC", "2026-06-03T00:00:00Z", "2026-06-02"],
  ])(
    "DAY-06 %s (%s) leaves today as it is and takes effect with the next day",
    async (_where, zone, ends, next) => {
      const w = await newWorkspace(db);
      const key = await newKey(db, w);
      await setClock(db, "2026-06-01T12:00:00Z");
      await openCountry(db, w, "PL", { user: 1 });
      await check(db, key);
      await change(w, zone);
      const tonight = "2026-06-01T22:00:00Z";
      for (const at of ["2026-06-01T12:00:00Z", justBefore(tonight)]) {
        await setClock(db, at);
        expect(await check(db, key)).toMatchObject({ allowed: false, resets_at: new Date(tonight) });
      }
      await setClock(db, tonight);
      expect(await check(db, key)).toMatchObject({ allowed: true, resets_at: new Date(ends) });
      expect(await counter(w)).toMatchObject({ day_on: next, day_starts_at: new Date(tonight) });
      await setClock(db, justBefore(ends));
      expect(await check(db, key)).toMatchObject({ allowed: false });
      await setClock(db, ends);
      expect(await check(db, key)).toMatchObject({ allowed: true });
    },
  );

  test("DAY-07 however zones and clock move, days never overlap and no date comes twice", async () => {
    const zones = [
      "Europe/Warsaw",
      "Pacific/Kiritimati",
      "Pacific/Pago_Pago",
      "America/Havana",
      "Asia/Kathmandu",
      "UTC",
    ];
    const step = fc.record({ hours: fc.integer({ min: 0, max: 40 }), zone: fc.constantFrom(...zones) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 12 }), async (steps) => {
        const w = await newWorkspace(db);
        const key = await newKey(db, w);
        let at = Date.parse("2026-10-20T00:00:00Z");
        await setClock(db, new Date(at).toISOString());
        await openCountry(db, w, "PL", { user: 1000 });
        for (const { hours, zone } of steps) {
          at += hours * 3_600_000;
          await db.owner`update test.clock set at = ${new Date(at).toISOString()}`;
          expect(await check(db, key)).toMatchObject({ allowed: true });
          await change(w, zone);
        }
        await setClock(db, new Date(at).toISOString());
        const odd = await db.owner`
          select * from (
            select d.*, lag(day_ends_at) over by_day as previous_ends, lag(day_on) over by_day as previous_on
            from (select day_on, day_starts_at, day_ends_at from launch.counter_days where workspace_id = ${w.id} and operation = 'user'
              union all
              select day_on, day_starts_at, day_ends_at from launch.counters where workspace_id = ${w.id} and operation = 'user') d
            window by_day as (order by day_starts_at)) x
          where day_starts_at < previous_ends or day_on <= previous_on or day_ends_at <= day_starts_at`;
        expect(odd).toEqual([]);
        const [sum] = await db.owner`
          select (select coalesce(sum(used), 0) from launch.counter_days where workspace_id = ${w.id})::int
            + (select sum(used) from launch.counters where workspace_id = ${w.id})::int as used`;
        expect(sum?.used).toBe(steps.length);
      }),
      { numRuns: 5 },
    );
  });

  test("DAY-08 to a zone that does not exist is refused", async () => {
    const w = await newWorkspace(db);
    await setClock(db, null);
    await openCountry(db, w, "PL");
    for (const zone of ["Europe/Atlantis", "", "europe/warsaw", "PST8PDT; drop table launch.caps"]) {
      await expect(change(w, zone)).rejects.toMatchObject({ code: "GTINV" });
    }
  });
});
