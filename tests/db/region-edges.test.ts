import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";
import { recordKpis, reportEvents, rollUp, type TestEvent, times } from "#tests/setup/signals.ts";

const NOON = "2026-06-10T12:00:00.000Z";
const ago = (hours: number, seconds = 0, from = NOON) =>
  new Date(Date.parse(from) - hours * 3_600_000 + seconds * 1000).toISOString();

let db: TestDatabase;
let workspace: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  workspace = await newWorkspace(db);
});

const snapshots = () => db.owner<{ country: string; installs: number; active_users: number }[]>`
  select country, installs, active_users from launch.region_kpis where workspace_id = ${workspace.id} order by country`;
describe("the edges of a snapshot's 24 hours", () => {
  test("KPI-30 a snapshot holds the 24 hours before it from their first instant on, and nothing of the quarter that begins with it", async () => {
    await openCountry(db, workspace, "PL");
    await reportEvents(db, workspace, [
      { type: "app.installed", at: ago(24, -1) },
      { type: "app.installed", at: ago(24) },
      { type: "app.installed", at: ago(0, -1) },
      { type: "app.installed", at: NOON },
    ]);
    await recordKpis(db, workspace);
    expect(await snapshots()).toEqual([{ country: "PL", installs: 2, active_users: 2 }]);
  });

  test("KPI-31 a country that nobody listed has a snapshot for as long as something of it is within those 24 hours", async () => {
    await reportEvents(db, workspace, [
      { type: "app.installed", at: ago(24), country: "CZ" },
      { type: "app.installed", at: ago(24, -1), country: "SK" },
    ]);
    await recordKpis(db, workspace);
    expect(await snapshots()).toEqual([{ country: "CZ", installs: 1, active_users: 1 }]);
  });
});

describe("what is compared with what", () => {
  const tickets = (count: number, at: string, country = "PL"): TestEvent[] =>
    times(count, { type: "support.ticket_opened", at, country });
  const sale = (minor: number, at: string, currency: string): TestEvent => ({
    type: "purchase.completed",
    at,
    amount: { minor, currency },
  });
  const standing = async (events: TestEvent[]) => {
    await reportEvents(db, workspace, events);
    await recordKpis(db, workspace);
    const rows = await db.owner<{ fingerprint: string }[]>`
      select fingerprint from launch.alerts where workspace_id = ${workspace.id} and kind = 'region' and status <> 'resolved' order by 1`;
    return rows.map(({ fingerprint }) => fingerprint);
  };

  test("KPI-32 after a clock change the same local hours are compared, an hour apart in UTC", async () => {
    await openCountry(db, workspace, "PL");
    await setClock(db, "2026-10-25T12:00:00Z");
    expect(
      await standing([
        ...tickets(10, "2026-10-24T05:30:00Z"),
        ...tickets(500, "2026-10-24T11:00:00Z"),
        ...tickets(20, "2026-10-25T11:00:00Z"),
      ]),
    ).toEqual(["support:PL"]);
  });

  test("KPI-33 the seventh day before counts and the eighth does not", async () => {
    await openCountry(db, workspace, "PL");
    await setClock(db, ago(8 * 24));
    await setClock(db, NOON);
    expect(
      await standing([
        ...tickets(500, ago(8 * 24 + 1)),
        ...tickets(15, ago(7 * 24 + 1)),
        ...tickets(30, ago(1)),
      ]),
    ).toEqual(["support:PL"]);
  });

  test("KPI-34 nothing is said of a country that is listed and not launched", async () => {
    await asPerson(
      db,
      workspace.owner,
      (sql) => sql`select launch.list_countries(${workspace.id}, array['CZ'])`,
    );
    await openCountry(db, workspace, "PL");
    const both = (count: number, at: string) => [...tickets(count, at), ...tickets(count, at, "CZ")];
    expect(await standing([...both(15, ago(25)), ...both(30, ago(1))])).toEqual(["support:PL"]);
  });

  test("KPI-35 the least revenue that can surge is in whole units of a currency without decimals as well", async () => {
    await openCountry(db, workspace, "PL");
    await asPerson(
      db,
      workspace.owner,
      (sql) =>
        sql`select launch.change_region_settings(${workspace.id}, '{"reporting_currency": "JPY"}', 'drill')`,
    );
    expect(await standing([sale(100, ago(25), "JPY"), sale(999, ago(1), "JPY")])).toEqual([]);
    expect(await standing([sale(1, ago(1), "JPY")])).toEqual(["revenue:PL"]);
  });
});

describe("what comes late", () => {
  const days = () => db.owner`
    select day_on::text, day_starts_at, day_ends_at, installs, revenue_minor::int, missing_currencies from launch.region_days
    where workspace_id = ${workspace.id} order by day_on`;

  test("KPI-36 a rate that is imported later reaches the six days after its own, and no further", async () => {
    await openCountry(db, workspace, "PL");
    await setClock(db, ago(8 * 24));
    await setClock(db, NOON);
    const day = (n: number) => `2026-06-0${n}T10:00:00Z`;
    await reportEvents(
      db,
      workspace,
      [1, 2, 8, 9].map((n) => ({
        type: "purchase.completed",
        at: day(n),
        amount: { minor: 400, currency: "PLN" },
      })),
    );
    await rollUp(db, workspace);
    await asPerson(
      db,
      workspace.owner,
      (sql) =>
        sql`select launch.import_rates(${workspace.id}, array['2026-06-02']::date[], array['USD'], array['PLN'], array[4]::numeric[])`,
    );
    expect((await days()).map(({ day_on, revenue_minor }) => [day_on, revenue_minor])).toEqual([
      ["2026-06-01", 0],
      ["2026-06-02", 100],
      ["2026-06-08", 100],
      ["2026-06-09", 0],
    ]);
  });

  test("KPI-37 a late event from before a change of zone opens a day that ends where the known one begins", async () => {
    await openCountry(db, workspace, "PL");
    const install = async (at: string) => {
      await reportEvents(db, workspace, [{ type: "app.installed", at }]);
      await rollUp(db, workspace);
    };
    await install("2026-06-10T11:00:00Z");
    await asPerson(
      db,
      workspace.owner,
      (sql) => sql`select launch.change_time_zone(${workspace.id}, 'PL', 'America/New_York', 'drill')`,
    );
    await install("2026-06-09T12:00:00Z");
    await install("2026-06-09T22:30:00Z");
    expect(await days()).toMatchObject([
      {
        day_on: "2026-06-09",
        day_starts_at: new Date("2026-06-09T04:00:00Z"),
        day_ends_at: new Date("2026-06-09T22:00:00Z"),
        installs: 1,
      },
      { day_on: "2026-06-10", day_starts_at: new Date("2026-06-09T22:00:00Z"), installs: 2 },
    ]);
  });
});
