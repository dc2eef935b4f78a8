import type { TransactionSql } from "postgres";
import type { Result } from "./measure.ts";
import type { Place } from "./place.ts";

const TIMES = 5;
const HOUR_EVENTS = 500_000;
const DAY_EVENTS = 1_000_000;
const MEASUREMENTS = 1_000_000;
const COUNTRIES = ["PL", "DE", "FR", "ES", "IT", "GB", "US", "JP"];

class Undone extends Error {}

/** Times a piece of work five times, each undone again. The first run, which warms the caches, isn't counted. */
async function timed(place: Place, work: (sql: TransactionSql) => Promise<unknown>): Promise<Result> {
  const times: number[] = [];
  for (let turn = 0; turn <= TIMES; turn++) {
    const undo = place.admin.begin(async (sql) => {
      const from = performance.now();
      await work(sql);
      if (turn > 0) times.push(performance.now() - from);
      throw new Undone();
    });
    await undo.catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  }
  const sorted = times.toSorted((a, b) => a - b);
  return { rate: null, p50: sorted[Math.floor(TIMES / 2)] ?? Number.NaN, p99: sorted.at(-1) ?? Number.NaN };
}

/** The hour that is rolled up: two days back at most, so that its partition is there. */
const HOUR = "date_trunc('hour', now(), 'UTC') - interval '30 hours'";

/** Half a million events in one hour: 8 types, 8 countries, 46,000 subjects in each. */
async function fillHour({ admin, workspaceId }: Place): Promise<void> {
  const types = ["app.installed", "registration.completed", "verification.completed", "chat.started"];
  await admin`
    insert into launch.events (workspace_id, occurred_at, received_at, type, source, event_id, country, subject, amount_minor, currency, value)
    select ${workspaceId}, ${admin.unsafe(HOUR)} + i * interval '7.2 ms', now(),
      (${[...types, "purchase.completed", "support.ticket_opened", "store.rated", "churn.risk_reported"]}::text[])[1 + i % 8], 'bench',
      'hour ' || i, (${COUNTRIES}::text[])[1 + i / 8 % 8], 'user-' || i / 64 * 8 % 46000 + i % 8, case i % 8 when 4 then 999 end,
      case i % 8 when 4 then 'USD' end, case when i % 8 > 5 then 0.5 end
    from generate_series(0, ${HOUR_EVENTS - 1}) i`;
  await admin`vacuum analyze launch.events`;
}

/** Reads every event of the hour and does no more: what a rollup is held against. */
export async function countHour(place: Place): Promise<Result> {
  await fillHour(place);
  return timed(
    place,
    (sql) => sql`
      select count(*) from launch.events where workspace_id = ${place.workspaceId}
        and occurred_at >= ${sql.unsafe(HOUR)} and occurred_at < ${sql.unsafe(HOUR)} + interval '1 hour'`,
  );
}

/** The KPIs of the hour, worked out from its events as a page without rollups would. */
export function readRaw(place: Place): Promise<Result> {
  return timed(
    place,
    (sql) => sql`
      select country, count(*) filter (where type = 'app.installed') as installs, count(distinct subject) as active_users,
        sum(amount_minor) filter (where type = 'purchase.completed') as revenue_minor
      from launch.events where workspace_id = ${place.workspaceId}
        and occurred_at >= ${sql.unsafe(HOUR)} and occurred_at < ${sql.unsafe(HOUR)} + interval '1 hour' group by 1`,
  );
}

/** The same KPIs as they were rolled up. Leaves the hour rolled up. */
export async function readRolledUp(place: Place): Promise<Result> {
  await place.admin.begin((sql) => rollUp(sql, place));
  return timed(
    place,
    (sql) => sql`
      select country, installs, active_users, revenue_minor from launch.region_hours
      where workspace_id = ${place.workspaceId} and hour_at = ${sql.unsafe(HOUR)}`,
  );
}

async function rollUp(sql: TransactionSql, { workspaceId }: Place): Promise<void> {
  await sql`
    insert into private.touched_hours (workspace_id, hour_at, touched_at) values (${workspaceId}, ${sql.unsafe(HOUR)}, now())
    on conflict do nothing`;
  const [row] = await sql<{ hours: number }[]>`select launch.roll_up_events(${workspaceId}) as hours`;
  if (row?.hours !== 1) throw new Error(`${row?.hours} hours were rolled up`);
}

/** The hour from its events to slots, hourly KPIs and local days, as the job does it. */
export function rollUpHour(place: Place): Promise<Result> {
  return timed(place, (sql) => rollUp(sql, place));
}

/** A million events over the 24 hours until now, with seven device farms and a wave of chargebacks among them. */
async function fillDay({ admin, workspaceId }: Place): Promise<void> {
  await admin`
    insert into launch.events (workspace_id, occurred_at, received_at, type, source, event_id, country, subject, device, amount_minor, currency)
    select ${workspaceId}, now() - i * interval '86.4 ms', now() - i * interval '86.4 ms', t.type, 'bench', 'day ' || i,
      (${COUNTRIES}::text[])[1 + i / 20 % 8], 'user-' || i % 300007,
      case when i % 1000 = 2 then 'farm-' || i / 1000 % 7 else 'device-' || i % 90001 end,
      case t.type when 'purchase.completed' then 999 when 'purchase.charged_back' then 999 end,
      case t.type when 'purchase.completed' then 'USD' when 'purchase.charged_back' then 'USD' end
    from generate_series(1, ${DAY_EVENTS}) i
    cross join lateral (select case when i % 200 = 3 then 'purchase.charged_back' when i % 100 = 1 then 'creator.registered'
      when i % 20 < 2 then 'app.installed' when i % 20 < 4 then 'registration.completed' when i % 20 < 7 then 'purchase.completed'
      else 'chat.started' end as type) t`;
  await admin`vacuum analyze launch.events`;
}

async function detect(place: Place, since: string): Promise<Result> {
  return timed(place, async (sql) => {
    const [row] = await sql<{ report: { patterns: number } }[]>`
      select launch.evaluate_threats(${place.workspaceId}, now(), now() - ${since}::interval) as report`;
    if ((row?.report.patterns ?? 0) < 8) throw new Error(`only ${row?.report.patterns} patterns were found`);
  });
}

/** All four rules as they run every five minutes, over a day of a million events. */
export async function detectThreats(place: Place): Promise<Result> {
  await fillDay(place);
  return detect(place, "5 minutes");
}

/** The first run after a day without one: every event of the million is looked at. */
export function catchUpThreats(place: Place): Promise<Result> {
  return detect(place, "24 hours");
}

/** 90 days of hourly KPIs of one country through the driver: 2,159 rows of what a chart draws. */
export async function readHistory(place: Place): Promise<Result> {
  await place.admin`
    insert into launch.region_hours
    select ${place.workspaceId}, c, date_trunc('hour', now(), 'UTC') - h * interval '1 hour', 120, 80, 4000, 900, 125000, 'USD', '{"USD": 125000}',
      '{}', 3, '{}', 7, 1, 0.2, 4.4, 9000
    from unnest(${COUNTRIES}::text[]) c cross join generate_series(1, 2159) h on conflict do nothing`;
  await place.admin`vacuum analyze launch.region_hours`;
  return timed(place, async (sql) => {
    const rows = await sql`
      select hour_at, installs, verified, active_users, active_chats, revenue_minor, support_volume, safety_incidents, churn_risk, store_rating
      from launch.region_hours where workspace_id = ${place.workspaceId} and country = 'PL' and hour_at >= now() - interval '90 days'
      order by hour_at`;
    if (rows.length !== 2159) throw new Error(`${rows.length} hours were read`);
  });
}

/** One evaluation of the load gate, over a day with a million measurements of three limits. */
export async function evaluateLoad(place: Place): Promise<Result> {
  const { admin, workspaceId } = place;
  await admin`
    insert into launch.measurements (workspace_id, name, measured_at, received_at, value)
    select ${workspaceId}, l.name, now() - i * interval '86.4 ms' * 3, now(), 1
    from (select name from launch.limits where workspace_id = ${workspaceId} order by name limit 3) l
    cross join generate_series(1, ${Math.ceil(MEASUREMENTS / 3)}) i on conflict do nothing`;
  await admin`vacuum analyze launch.measurements`;
  return timed(place, (sql) => sql`select launch.evaluate_load(${workspaceId})`);
}
