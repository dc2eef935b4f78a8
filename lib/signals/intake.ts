import { sql } from "drizzle-orm";
import type { Tx } from "#lib/db/service.ts";
import { EVENT_TYPES } from "./vocabulary.ts";

const time = (value: string | null) => (value === null ? null : new Date(value).toISOString());

/** What came in of one type over 24 hours, and when the last did in a week. The type * is none of ours. Times are RFC 3339. */
export type TypeIntake = Awaited<ReturnType<typeof readIntake>>[number];

/** What came in, a row for each type of ours whether anything did or not, and one for what is of none when there was any. */
export async function readIntake(tx: Tx, workspaceId: string) {
  const rows = await tx.execute<{
    type: string;
    hour: string;
    accepted: string;
    late: string;
    duplicates: string;
    unknown: string;
    refused: string;
    last_at: string | null;
    last_problem: string | null;
    problem_at: string | null;
  }>(sql`
    with clock as materialized (select launch.now() as at)
    select i.type, coalesce(sum(i.accepted) filter (where i.slot_at > c.at - interval '1 hour'), 0) as hour,
      coalesce(sum(i.accepted) filter (where d.is_day), 0) as accepted, coalesce(sum(i.late) filter (where d.is_day), 0) as late,
      coalesce(sum(i.duplicates) filter (where d.is_day), 0) as duplicates, coalesce(sum(i.unknown) filter (where d.is_day), 0) as unknown,
      coalesce(sum(i.refused) filter (where d.is_day), 0) as refused,
      max(i.last_at) filter (where i.accepted + i.duplicates + i.unknown > 0) as last_at, max(i.problem_at) as problem_at,
      (array_agg(i.last_problem order by i.problem_at desc) filter (where i.last_problem is not null))[1] as last_problem
    from launch.event_intake i cross join clock c cross join lateral (select i.slot_at > c.at - interval '24 hours' as is_day) d
    where i.workspace_id = ${workspaceId}::uuid and i.slot_at > launch.now() - interval '7 days' and i.slot_at <= launch.now()
    group by i.type`);
  const found = new Map(rows.map((row) => [row.type, row]));
  const types = found.has("*") ? [...EVENT_TYPES, "*"] : EVENT_TYPES;
  return types.map((type) => {
    const row = found.get(type);
    return {
      type,
      hour: Number(row?.hour ?? 0),
      accepted: Number(row?.accepted ?? 0),
      late: Number(row?.late ?? 0),
      duplicates: Number(row?.duplicates ?? 0),
      unknown: Number(row?.unknown ?? 0),
      refused: Number(row?.refused ?? 0),
      last_at: time(row?.last_at ?? null),
      last_problem: row?.last_problem ?? null,
      problem_at: time(row?.problem_at ?? null),
    };
  });
}

/** What came in each quarter of an hour of the last 24 hours, oldest first; quarters without any are left out. `at` is milliseconds since 1970. */
export async function readIntakeSlots(tx: Tx, workspaceId: string) {
  const rows = await tx.execute<{ at: string; accepted: string; refused: string; unknown: string }>(sql`
    select extract(epoch from i.slot_at) * 1000 as at, sum(i.accepted) as accepted, sum(i.refused) as refused, sum(i.unknown) as unknown
    from launch.event_intake i
    where i.workspace_id = ${workspaceId}::uuid and i.slot_at > launch.now() - interval '24 hours' and i.slot_at <= launch.now()
    group by i.slot_at order by i.slot_at`);
  return rows.map((row) => ({
    at: Number(row.at),
    accepted: Number(row.accepted),
    refused: Number(row.refused),
    unknown: Number(row.unknown),
  }));
}

/** A type that is not ours, over the last 7 UTC days. */
export type UnknownType = Awaited<ReturnType<typeof readUnknownTypes>>[number];

/** The 100 types that are not ours of which most came in the last 7 UTC days; of their events none is kept. */
export async function readUnknownTypes(tx: Tx, workspaceId: string) {
  const rows = await tx.execute<{ type: string; events: string; last_source: string; last_at: string }>(sql`
    select u.type, sum(u.events) as events, (array_agg(u.last_source order by u.last_at desc))[1] as last_source, max(u.last_at) as last_at
    from launch.unknown_events u
    where u.workspace_id = ${workspaceId}::uuid and u.day_at > launch.now() - interval '7 days' and u.day_at <= launch.now()
    group by u.type order by sum(u.events) desc, u.type limit 100`);
  return rows.map((row) => ({
    ...row,
    events: Number(row.events),
    last_at: new Date(row.last_at).toISOString(),
  }));
}

/** The newest value of a measurement, and what is held against it or pulls it. */
export type LastMeasurement = Awaited<ReturnType<typeof readLastMeasurements>>[number];

/**
 * The first 200 measurements by name that have a value of the last 7 days, each with its newest one. A name is found from the one before it, so
 * that many values cost no more than few; a measurement's time is at most a minute ahead, which leaves the days to come out.
 */
export async function readLastMeasurements(tx: Tx, workspaceId: string) {
  const rows = await tx.execute<{
    name: string;
    value: number;
    measured_at: string;
    is_stale: boolean;
    source: string | null;
    value_limit: number | null;
  }>(sql`
    with recursive names as (
      (select m.name, 1 as place from launch.measurements m
        where m.workspace_id = ${workspaceId}::uuid and m.measured_at > launch.now() - interval '7 days' and m.measured_at < launch.now() + interval '2 minutes' order by m.name limit 1)
      union all
      select x.name, n.place + 1 from names n cross join lateral (
        select m.name from launch.measurements m where m.workspace_id = ${workspaceId}::uuid and m.name > n.name
          and m.measured_at > launch.now() - interval '7 days' and m.measured_at < launch.now() + interval '2 minutes' order by m.name limit 1) x
      where n.place < 200
    )
    select n.name, v.value, v.measured_at, v.measured_at < launch.now() - interval '5 minutes' as is_stale, l.source, l.value as value_limit
    from names n
    cross join lateral (select m.value, m.measured_at from launch.measurements m where m.workspace_id = ${workspaceId}::uuid and m.name = n.name
      and m.measured_at > launch.now() - interval '7 days' and m.measured_at < launch.now() + interval '2 minutes' order by m.measured_at desc limit 1) v
    left join launch.limits l on l.workspace_id = ${workspaceId}::uuid and l.name = n.name
    order by n.name`);
  return rows.map((row) => ({ ...row, measured_at: new Date(row.measured_at).toISOString() }));
}

/** A measurement that is pulled from Prometheus, with how the last pull went. */
export type Pull = Awaited<ReturnType<typeof readPulls>>[number];

/** What is pulled from Prometheus, by name. */
export async function readPulls(tx: Tx, workspaceId: string) {
  const rows = await tx.execute<{
    name: string;
    url: string;
    query: string;
    enabled: boolean;
    last_at: string | null;
    last_error: string | null;
  }>(sql`
    select s.name, s.url, s.query, s.enabled, s.last_at, s.last_error from launch.measurement_sources s
    where s.workspace_id = ${workspaceId}::uuid order by s.name`);
  return rows.map((row) => ({ ...row, last_at: time(row.last_at) }));
}
