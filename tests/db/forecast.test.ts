import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { keepDemand, moveClock, openTime } from "#tests/setup/demand.ts";
import { asPerson, check, newKey, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Hour = { hour_at: Date; p50: string | null; p90: string | null; campaign_p50: string; basis: string };
type CapTime = {
  day_on: string;
  cap: number;
  used: number;
  known: boolean;
  p50_at: Date | null;
  p90_at: Date | null;
};

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const utc = (iso: string) => Date.parse(`2026-${iso}Z`);

/** A workspace with PL open since `at`, where the clock stays. */
async function opened(at: number, user = 1000): Promise<Workspace> {
  await setClock(db, new Date(at).toISOString());
  const workspace = await newWorkspace(db);
  await openCountry(db, workspace, "PL", { user });
  return workspace;
}

function forecast(workspace: Workspace, from: number, to: number): Promise<Hour[]> {
  return db.owner<Hour[]>`
    select * from private.forecast_hours(${workspace.id}, 'PL', ${new Date(from).toISOString()}, ${new Date(to).toISOString()})`;
}

/** Issues by hand, for the hour of `at`, what every one of the 50 hours expects. */
async function issue(workspace: Workspace, at: number, p50: number, p90: number): Promise<void> {
  await db.owner`
    insert into launch.forecasts (workspace_id, country, issued_at, hour_at, p50, p90, base_p50, campaign_p50, basis, levelled)
    select ${workspace.id}, 'PL', h.from_at, h.from_at + n * interval '1 hour', ${p50}, ${p90}, ${p50}, 0, 'hour_of_week', false
    from (select date_trunc('hour', ${new Date(at).toISOString()}::timestamptz, 'UTC') as from_at) h cross join generate_series(0, 49) n`;
}

function capTimes(workspace: Workspace): Promise<CapTime[]> {
  return asPerson(
    db,
    workspace.owner,
    (sql) => sql<CapTime[]>`
      select day_on::text, cap, used, known, p50_at, p90_at from launch.read_cap_times(${workspace.id}, 'PL') order by day_on`,
  );
}

const iso = (at: Date | null | undefined) => at?.toISOString();

describe("what history expects", () => {
  test("FORE-10 without a full day of history nothing is forecast and it says so; after a day the hour of the day, after a week the hour of the week", async () => {
    const from = utc("06-01T00:00");
    const workspace = await opened(from);
    const basis = async (at: number) => {
      await moveClock(db, at);
      const hours = await forecast(workspace, at, at + 48 * HOUR);
      expect(hours).toHaveLength(48);
      return new Set(hours.map((hour) => hour.basis));
    };
    expect(await basis(from)).toEqual(new Set(["none"]));
    const [none] = await forecast(workspace, from, from + HOUR);
    expect(none).toMatchObject({ p50: null, p90: null, base_p50: null, campaign_p50: "0.00" });
    await keepDemand(db, workspace, "PL", { from, to: from + 8 * DAY, counts: () => 10 });
    expect(await basis(from + DAY)).toEqual(new Set(["hour_of_day"]));
    expect(await basis(from + 7 * DAY)).toEqual(new Set(["hour_of_week"]));
    expect((await forecast(workspace, from + 7 * DAY, from + 7 * DAY + HOUR))[0]).toMatchObject({
      p50: "10.00",
      p90: "10.00",
    });
  });

  test("FORE-11 with less than a day of hours to learn from, P90 is twice P50 and at least 3 more", async () => {
    const from = utc("06-01T00:00");
    const workspace = await opened(from);
    await keepDemand(db, workspace, "PL", {
      from,
      to: from + DAY,
      counts: (at) => (at < from + 12 * HOUR ? 10 : 1),
    });
    await moveClock(db, from + DAY);
    const hours = await forecast(workspace, from + DAY, from + 2 * DAY);
    expect(hours[0]).toMatchObject({ p50: "10.00", p90: "20.00" });
    expect(hours[23]).toMatchObject({ p50: "1.00", p90: "4.00" });
  });

  test.each([
    { change: "spring", change_at: utc("03-29T01:00"), evening: "17:00" },
    { change: "autumn", change_at: utc("10-25T01:00"), evening: "18:00" },
  ])(
    "FORE-12 an evening stays at its local hour across the clock change of $change",
    async ({ change_at, evening }) => {
      const from = change_at - 4 * 7 * DAY;
      await openTime(db, from, change_at);
      const workspace = await opened(from);
      const local = new Intl.DateTimeFormat("en-GB", {
        hour: "2-digit",
        hourCycle: "h23",
        timeZone: "Europe/Warsaw",
      });
      await keepDemand(db, workspace, "PL", {
        from,
        to: change_at - HOUR,
        counts: (at) => (local.format(at) === "19" ? 90 : 30),
      });
      await moveClock(db, change_at - HOUR);
      const hours = await forecast(workspace, change_at - HOUR, change_at + 24 * HOUR);
      const busy = hours
        .filter((hour) => Number(hour.p50) > 60)
        .map((hour) => hour.hour_at.toISOString().slice(11, 16));
      expect(busy).toEqual([evening]);
      expect(hours.every((hour) => Number(hour.p50) >= 29)).toBe(true);
    },
  );

  test("FORE-14 what campaigns plan is added hour by hour: as planned to P50, one and a half times to P90", async () => {
    const from = utc("06-01T00:00");
    const workspace = await opened(from);
    await keepDemand(db, workspace, "PL", { from, to: from + 8 * DAY, counts: () => 10 });
    await moveClock(db, from + 8 * DAY);
    const plan = (slug: string, status: string, hour: number, installs: number) => db.owner`
      insert into launch.campaigns (workspace_id, name, slug, country, starts_at, ends_at, status, expected_installs, shape)
      values (${workspace.id}, ${slug}, ${slug}, 'PL', ${new Date(from + 8 * DAY + hour * HOUR).toISOString()},
        ${new Date(from + 8 * DAY + (hour + 1) * HOUR).toISOString()}, ${status}, ${installs}, 'even')`;
    await plan("first", "scheduled", 2, 30);
    await plan("second", "live", 2, 10);
    await plan("not-yet", "draft", 1, 500);
    const hours = await forecast(workspace, from + 8 * DAY, from + 8 * DAY + 4 * HOUR);
    expect(hours.map(({ p50, p90, campaign_p50 }) => [p50, p90, campaign_p50])).toEqual([
      ["10.00", "10.00", "0.00"],
      ["10.00", "10.00", "0.00"],
      ["50.00", "70.00", "40.00"],
      ["10.00", "10.00", "0.00"],
    ]);
  });

  test("FORE-13 demand is what was asked, granted and refused, of the operation user alone", async () => {
    const at = utc("06-01T10:02");
    const workspace = await opened(at, 2);
    const key = await newKey(db, workspace);
    for (let n = 0; n < 5; n += 1) await check(db, key);
    await check(db, key, { operation: "creator" });
    await moveClock(db, at + HOUR);
    const rows = await db.owner`
      select hour_at, demand::int, granted::int from private.demand_hours(${workspace.id}, 'PL', ${new Date(at - DAY).toISOString()},
        ${new Date(utc("06-01T11:00")).toISOString()})`;
    expect(rows).toEqual([{ hour_at: new Date(utc("06-01T10:00")), demand: 5, granted: 2 }]);
  });
});

describe("when a cap will be reached", () => {
  test("FORE-20 names the minute by interpolation, on top of what the day has used, for P50 and P90 apart", async () => {
    const at = utc("06-01T10:30");
    const workspace = await opened(at);
    const key = await newKey(db, workspace);
    await check(db, key, { units: 100 });
    await issue(workspace, at, 60, 240);
    const [today, tomorrow] = await capTimes(workspace);
    // 900 are left. At 240 an hour from 10:30: 3.75 hours. At 60 an hour: 15, but local midnight is at 22:00Z.
    expect(today).toMatchObject({ day_on: "2026-06-01", cap: 1000, used: 100, known: true, p50_at: null });
    expect(iso(today?.p90_at)).toBe("2026-06-01T14:15:00.000Z");
    // From 22:00Z: 1,000 at 240 an hour take 4 h 10 min, at 60 an hour 16 h 40 min.
    expect(tomorrow).toMatchObject({ day_on: "2026-06-02", used: 0, known: true });
    expect(iso(tomorrow?.p90_at)).toBe("2026-06-02T02:10:00.000Z");
    expect(iso(tomorrow?.p50_at)).toBe("2026-06-02T14:40:00.000Z");
  });

  test.each([
    { day: "23 hours", at: utc("03-29T00:00"), cap: 1380, ends: "2026-03-29T22:00:00.000Z" },
    { day: "25 hours", at: utc("10-24T23:00"), cap: 1500, ends: "2026-10-25T23:00:00.000Z" },
  ])("FORE-21 a local day of $day takes the demand of just those hours", async ({ at, cap, ends }) => {
    const workspace = await opened(at - HOUR, cap);
    await moveClock(db, at - HOUR);
    await issue(workspace, at - HOUR, 60, 60);
    const day = (await capTimes(workspace)).find((one) => one.day_on === ends.slice(0, 10));
    expect(iso(day?.p50_at)).toBe(ends);
    await db.owner`update launch.caps set units = ${cap + 1} where workspace_id = ${workspace.id} and operation = 'user'`;
    const after = (await capTimes(workspace)).find((one) => one.day_on === ends.slice(0, 10));
    expect(after?.p50_at).toBeNull();
  });

  test("FORE-21 a local day that ends within an hour takes its part of that hour", async () => {
    const at = utc("06-01T10:30");
    const workspace = await opened(at);
    await db.owner`update launch.countries set time_zone = 'Asia/Kolkata' where workspace_id = ${workspace.id}`;
    await db.owner`update launch.counters set day_starts_at = '2026-05-31T18:30Z', day_ends_at = '2026-06-01T18:30Z'
      where workspace_id = ${workspace.id}`;
    await issue(workspace, at, 60, 60);
    const reached = async (cap: number) => {
      await db.owner`update launch.caps set units = ${cap} where workspace_id = ${workspace.id} and operation = 'user'`;
      return (await capTimes(workspace)).map((day) => iso(day.p50_at));
    };
    // Eight hours are left today, and tomorrow has twenty-four.
    expect(await reached(480)).toEqual(["2026-06-01T18:30:00.000Z", "2026-06-02T02:30:00.000Z"]);
    expect(await reached(490)).toEqual([undefined, "2026-06-02T02:40:00.000Z"]);
  });

  test("FORE-22 a full day is reached now; without a forecast, or with one older than three hours, it is not known", async () => {
    const at = utc("06-01T10:30");
    const workspace = await opened(at, 5);
    expect((await capTimes(workspace))[0]).toMatchObject({ known: false, p50_at: null, p90_at: null });
    await issue(workspace, at, 1, 2);
    const key = await newKey(db, workspace);
    await check(db, key, { units: 5 });
    const [today] = await capTimes(workspace);
    expect(today).toMatchObject({ known: true, used: 5 });
    expect([iso(today?.p50_at), iso(today?.p90_at)]).toEqual([
      "2026-06-01T10:30:00.000Z",
      "2026-06-01T10:30:00.000Z",
    ]);
    await moveClock(db, at + 4 * HOUR);
    expect((await capTimes(workspace))[1]).toMatchObject({ known: false, p50_at: null, p90_at: null });
  });
});

describe("who reads forecasts", () => {
  test("FORE-30 members and keys that may read countries do, from the hour under way on; others don't", async () => {
    const at = utc("06-01T10:30");
    const workspace = await opened(at);
    await issue(workspace, at - HOUR, 60, 90);
    const stranger = await newWorkspace(db);
    const read = (person: Workspace["owner"]) =>
      asPerson(
        db,
        person,
        (sql) => sql<{ hour_at: Date }[]>`select * from launch.read_forecasts(${workspace.id}, 'PL')`,
      );
    const hours = await read(workspace.owner);
    expect(hours).toHaveLength(49);
    expect(iso(hours[0]?.hour_at)).toBe("2026-06-01T10:00:00.000Z");
    await expect(read(stranger.owner)).rejects.toMatchObject({ code: "GTNIL" });
    await expect(
      asPerson(db, workspace.owner, (sql) => sql`select launch.read_forecasts(${workspace.id}, 'CZ')`),
    ).rejects.toMatchObject({ code: "GTNIL" });
  });
});
