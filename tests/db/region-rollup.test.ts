import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";
import { recordKpis, reportEvents, rollUp, type TestEvent, times } from "#tests/setup/signals.ts";

const NOON = "2026-06-10T12:00:00.000Z";

let db: TestDatabase;
let workspace: Workspace;

beforeAll(async () => {
  db = await testDatabase();
  await setClock(db, NOON);
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  workspace = await newWorkspace(db);
});

const hours = (country = "PL") =>
  db.owner<{ hour_at: Date; installs: number; active_users: number; events: number }[]>`
    select hour_at, installs, active_users, events::int from launch.region_hours
    where workspace_id = ${workspace.id} and country = ${country} order by hour_at`;
const days = (country: string) =>
  db.owner<{ day_on: string; starts: Date; ends: Date; installs: number; active_users: number }[]>`
    select day_on::text, day_starts_at as starts, day_ends_at as ends, installs, active_users from launch.region_days
    where workspace_id = ${workspace.id} and country = ${country} order by day_on`;
const lengths = async (country: string) =>
  (await days(country)).map(({ day_on, starts, ends }) => [
    day_on,
    (ends.getTime() - starts.getTime()) / 3_600_000,
  ]);

describe("the rollup of events", () => {
  test("KPI-01 each KPI counts its own events, a rate and a mean are of what was reported, and chargebacks stand beside revenue", async () => {
    await openCountry(db, workspace, "PL");
    const at = "2026-06-10T11:20:00Z";
    await reportEvents(db, workspace, [
      ...times(10, { type: "app.installed", at }),
      ...times(4, { type: "verification.completed", at }),
      ...times(3, { type: "chat.started", at, subject: "one and the same" }),
      { type: "purchase.completed", at, amount: { minor: 1999, currency: "USD" } },
      { type: "purchase.completed", at, amount: { minor: 500, currency: "USD" } },
      { type: "purchase.charged_back", at, amount: { minor: 1999, currency: "USD" } },
      ...times(2, { type: "support.ticket_opened", at }),
      { type: "safety.incident_reported", at },
      { type: "churn.risk_reported", at, value: 0.25 },
      { type: "churn.risk_reported", at, value: 0.75 },
      { type: "store.rated", at, value: 4 },
      { type: "store.rated", at, value: 5 },
      { type: "app.installed", at, country: null },
    ]);
    await recordKpis(db, workspace);
    const [snapshot] = await db.owner`
      select installs, verified, active_users, active_chats, revenue_minor::int, currency, revenues, missing_currencies, chargebacks, charged_back,
        support_volume, safety_incidents, churn_risk, store_rating, events::int from launch.region_kpis where workspace_id = ${workspace.id}`;
    expect(snapshot).toEqual({
      installs: 10,
      verified: 4,
      active_users: 25,
      active_chats: 3,
      revenue_minor: 2499,
      currency: "USD",
      revenues: { USD: 2499 },
      missing_currencies: [],
      chargebacks: 1,
      charged_back: { USD: 1999 },
      support_volume: 2,
      safety_incidents: 1,
      churn_risk: 0.5,
      store_rating: 4.5,
      events: 27,
    });
  });

  test("KPI-02 a late event changes its own hour and day, and neither another hour nor a snapshot", async () => {
    await openCountry(db, workspace, "PL");
    await reportEvents(db, workspace, [
      { type: "app.installed", at: "2026-06-09T09:59:59.999999Z", subject: "ada" },
      { type: "app.installed", at: "2026-06-09T10:00:00Z", subject: "ada" },
      { type: "app.installed", at: "2026-06-10T11:00:00Z", subject: "ada" },
    ]);
    await recordKpis(db, workspace);
    const before = await hours();
    const snapshot = () => db.owner`select * from launch.region_kpis where workspace_id = ${workspace.id}`;
    const taken = await snapshot();
    await reportEvents(db, workspace, [{ type: "app.installed", at: "2026-06-09T10:30:00Z", subject: "bo" }]);
    expect(await rollUp(db, workspace)).toBe(1);
    expect(await hours()).toEqual(
      before.map((hour) =>
        hour.hour_at.toISOString() === "2026-06-09T10:00:00.000Z"
          ? { ...hour, installs: 2, active_users: 2, events: 2 }
          : hour,
      ),
    );
    expect(await days("PL")).toMatchObject([
      { day_on: "2026-06-09", installs: 3, active_users: 2 },
      { day_on: "2026-06-10", installs: 1, active_users: 1 },
    ]);
    expect(await snapshot()).toEqual(taken);
  });

  test("KPI-03 nothing touched, nothing counted; the same hour counted again is the same", async () => {
    await reportEvents(db, workspace, times(3, { type: "app.installed", at: "2026-06-10T11:00:00Z" }));
    expect(await rollUp(db, workspace)).toBe(1);
    const once = await hours();
    expect(await rollUp(db, workspace)).toBe(0);
    await db.owner`insert into private.touched_hours values (${workspace.id}, '2026-06-10T11:00Z', now())`;
    expect(await rollUp(db, workspace)).toBe(1);
    expect(await hours()).toEqual(once);
  });

  test("KPI-04 an event that commits while its hour is counted puts the hour on the list again", async () => {
    const at = "2026-06-10T11:00:00Z";
    await reportEvents(db, workspace, [{ type: "app.installed", at }]);
    let report = Promise.resolve();
    await db.owner.begin(async (sql) => {
      await sql`select launch.roll_up_events(${workspace.id})`;
      report = reportEvents(db, workspace, [{ type: "app.installed", at }]);
      // It waits for the row that the rollup holds: seen in the server's own list of waits.
      await expect
        .poll(
          async () =>
            (
              await db.owner`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
            ).length,
        )
        .toBe(1);
    });
    await report;
    expect((await hours())[0]?.installs).toBe(1);
    expect(await rollUp(db, workspace)).toBe(1);
    expect((await hours())[0]?.installs).toBe(2);
  });

  test("KPI-05 a local day is 23 hours in spring and 25 in autumn, and its events are those of its own hours", async () => {
    await openCountry(db, workspace, "PL");
    for (const [clock, events] of [
      [
        "2026-03-30T12:00:00Z",
        ["2026-03-28T22:59:59Z", "2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z", "2026-03-29T22:00:00Z"],
      ],
      [
        "2026-10-26T12:00:00Z",
        ["2026-10-24T21:59:59Z", "2026-10-24T22:00:00Z", "2026-10-25T22:59:59Z", "2026-10-25T23:00:00Z"],
      ],
    ] as const) {
      await setClock(db, clock);
      await reportEvents(
        db,
        workspace,
        events.map((at) => ({ type: "app.installed", at })),
      );
      await rollUp(db, workspace);
    }
    expect(await lengths("PL")).toEqual([
      ["2026-03-28", 24],
      ["2026-03-29", 23],
      ["2026-03-30", 24],
      ["2026-10-24", 24],
      ["2026-10-25", 25],
      ["2026-10-26", 24],
    ]);
    expect((await days("PL")).map((day) => day.installs)).toEqual([1, 2, 1, 1, 2, 1]);
  });

  test("KPI-06 a zone of quarter hours is cut at its own midnight", async () => {
    await reportEvents(db, workspace, [
      { type: "app.installed", at: "2026-06-09T18:14:59Z", country: "NP" },
      { type: "app.installed", at: "2026-06-09T18:15:00Z", country: "NP" },
      { type: "app.installed", at: "2026-06-10T11:00:00Z", country: "NP" },
    ]);
    await rollUp(db, workspace);
    expect(
      (await days("NP")).map(({ day_on, starts, installs }) => [day_on, starts.toISOString(), installs]),
    ).toEqual([
      ["2026-06-09", "2026-06-08T18:15:00.000Z", 1],
      ["2026-06-10", "2026-06-09T18:15:00.000Z", 2],
    ]);
  });

  test("KPI-07 after a change of zone the open day keeps its bounds and the next begins where it ends", async () => {
    await openCountry(db, workspace, "PL");
    const install = async (at: string) => {
      await setClock(db, at);
      await reportEvents(db, workspace, [{ type: "app.installed", at }]);
      await rollUp(db, workspace);
    };
    await install("2026-06-10T12:00:00Z");
    await asPerson(
      db,
      workspace.owner,
      (sql) => sql`select launch.change_time_zone(${workspace.id}, 'PL', 'Asia/Tokyo', 'drill')`,
    );
    await install("2026-06-10T21:30:00Z");
    await install("2026-06-10T22:30:00Z");
    await install("2026-06-11T16:00:00Z");
    expect(
      (await days("PL")).map(({ day_on, starts, ends, installs }) => [
        day_on,
        starts.toISOString(),
        ends.toISOString(),
        installs,
      ]),
    ).toEqual([
      ["2026-06-10", "2026-06-09T22:00:00.000Z", "2026-06-10T22:00:00.000Z", 2],
      ["2026-06-11", "2026-06-10T22:00:00.000Z", "2026-06-11T15:00:00.000Z", 1],
      ["2026-06-12", "2026-06-11T15:00:00.000Z", "2026-06-12T15:00:00.000Z", 1],
    ]);
  });
});

describe("whatever comes in whatever order", () => {
  const event = fc.record({
    type: fc.constantFrom(
      "app.installed",
      "verification.completed",
      "purchase.completed",
      "support.ticket_opened",
      "store.rated",
    ),
    minutes: fc.integer({ min: 1, max: 2 * 24 * 60 }),
    country: fc.constantFrom("PL", "NP", "LK"),
    subject: fc.constantFrom("ada", "bo", "cy", "di", null),
    minor: fc.integer({ min: 0, max: 100_000 }),
    currency: fc.constantFrom("USD", "PLN"),
  });
  const made = ({
    type,
    minutes,
    country,
    subject,
    minor,
    currency,
  }: typeof event extends fc.Arbitrary<infer T> ? T : never): TestEvent => ({
    type,
    country,
    subject,
    at: new Date(Date.parse(NOON) - minutes * 60_000).toISOString(),
    ...(type === "purchase.completed" ? { amount: { minor, currency } } : {}),
    ...(type === "store.rated" ? { value: 1 + (minor % 5) } : {}),
  });

  /** What a recount of the events says of the same spans: must be nothing. */
  const differences = () => db.owner`
    with spans as (
      select 'hour' as span, country, hour_at as starts, hour_at + interval '1 hour' as ends, installs, verified, active_users, support_volume, store_rating, revenues
      from launch.region_hours where workspace_id = ${workspace.id}
      union all select 'day', country, day_starts_at, day_ends_at, installs, verified, active_users, support_volume, store_rating, revenues
      from launch.region_days where workspace_id = ${workspace.id}
      union all select '24 hours', country, at - interval '24 hours', at, installs, verified, active_users, support_volume, store_rating, revenues
      from launch.region_kpis where workspace_id = ${workspace.id})
    select s.span, s.country, s.starts, to_jsonb(s) as rolled_up, to_jsonb(r) as recounted from spans s cross join lateral (
      select count(*) filter (where type = 'app.installed') as installs, count(*) filter (where type = 'verification.completed') as verified,
        count(distinct subject) as active_users, count(*) filter (where type = 'support.ticket_opened') as support_volume,
        avg(value) filter (where type = 'store.rated') as store_rating,
        coalesce((select jsonb_object_agg(p.currency, p.minor) from (select currency, sum(amount_minor) as minor from launch.events
          where workspace_id = ${workspace.id} and country = s.country and occurred_at >= s.starts and occurred_at < s.ends
            and type = 'purchase.completed' group by 1) p), '{}') as revenues
      from launch.events where workspace_id = ${workspace.id} and country = s.country and occurred_at >= s.starts and occurred_at < s.ends) r
    where (s.installs, s.verified, s.active_users, s.support_volume, round(s.store_rating::numeric, 9), s.revenues)
      is distinct from (r.installs, r.verified, r.active_users, r.support_volume, round(r.store_rating::numeric, 9), r.revenues)`;

  test("KPI-08 hours, local days and the last 24 hours equal a recount of the events, and together hold each one", async () => {
    const seed = Number(process.env.GANTRY_SEED ?? Date.now() % 2 ** 31);
    let recounted = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(event, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 4 }),
        async (batches) => {
          workspace = await newWorkspace(db);
          for (const batch of batches) {
            await reportEvents(db, workspace, batch.map(made));
            await recordKpis(db, workspace);
          }
          expect(await differences()).toEqual([]);
          const [total] = await db.owner`
          select (select count(*)::int from launch.events where workspace_id = ${workspace.id}) as events,
            (select sum(events)::int from launch.region_hours where workspace_id = ${workspace.id}) as hours,
            (select sum(events)::int from launch.region_days where workspace_id = ${workspace.id}) as days`;
          expect(total).toEqual({ events: total?.events, hours: total?.events, days: total?.events });
          recounted += total?.events;
        },
      ),
      { numRuns: 12, seed },
    );
    expect(recounted, `seed ${seed}`).toBeGreaterThan(12);
    // The control: a recount finds a number that is off by one.
    await db.owner`update launch.region_days set active_users = active_users + 1 where workspace_id = ${workspace.id}`;
    expect((await differences()).length).toBeGreaterThan(0);
  });
});
