import { and, asc, eq, sql } from "drizzle-orm";
import { profiles } from "#lib/db/app-schema.ts";
import { throttles } from "#lib/db/launch-schema.ts";
import { limitStates, limits, measurementSources } from "#lib/db/load-schema.ts";
import type { Tx } from "#lib/db/service.ts";

/** A limit with where it stands; numbers are null where nothing is known. Times are RFC 3339. */
export type LimitRow = Awaited<ReturnType<typeof readLimits>>[number];

const iso = (at: string | null) => (at === null ? null : new Date(at).toISOString());

/** The workspace's limits by name, each with its state, its source and the values of the last hour. */
export async function readLimits(tx: Tx, workspaceId: string) {
  const rows = await tx
    .select({
      name: limits.name,
      source: limits.source,
      kind: limits.kind,
      limit: limits.value,
      enabled: limits.enabled,
      eventType: limits.event_type,
      eventSeconds: sql<number | null>`extract(epoch from ${limits.event_window})::int`,
      madFactor: limits.mad_factor,
      floor: limits.floor,
      ceiling: limits.ceiling,
      dailyDrift: limits.daily_drift,
      minSamples: limits.min_samples,
      version: limits.version,
      value: limitStates.value,
      measuredAt: limitStates.measured_at,
      isStale: sql<boolean>`coalesce(${limitStates.is_stale}, false)`,
      level: sql<number>`coalesce(${limitStates.level}, 0)`,
      adaptiveLimit: limitStates.adaptive_limit,
      recent: sql<
        (number | null)[] | null
      >`(select array_agg(e.value order by e.slot_at) from launch.load_evaluations e
        where e.workspace_id = ${limits.workspace_id} and e.name = ${limits.name} and e.slot_at > launch.now() - interval '1 hour')`,
      url: measurementSources.url,
      query: measurementSources.query,
      headerName: measurementSources.header_name,
      pulls: measurementSources.enabled,
      pulledAt: measurementSources.last_at,
      pullError: measurementSources.last_error,
    })
    .from(limits)
    .leftJoin(
      limitStates,
      and(eq(limitStates.workspace_id, limits.workspace_id), eq(limitStates.name, limits.name)),
    )
    .leftJoin(
      measurementSources,
      and(eq(measurementSources.workspace_id, limits.workspace_id), eq(measurementSources.name, limits.name)),
    )
    .where(eq(limits.workspace_id, workspaceId))
    .orderBy(asc(limits.name));
  return rows.map((row) => ({
    ...row,
    measuredAt: iso(row.measuredAt),
    pulledAt: iso(row.pulledAt),
    recent: (row.recent ?? []).filter((value) => value !== null),
  }));
}

/** The measured level and, while one is in force, the override with who made it, as far as the reader may know. */
export async function readLevel(tx: Tx, workspaceId: string) {
  const [row] = await tx
    .select({
      measured: throttles.level,
      since: throttles.level_since,
      forced: sql<
        number | null
      >`case when ${throttles.forced_until} > launch.now() then ${throttles.forced_level} end`,
      until: throttles.forced_until,
      reason: throttles.forced_reason,
      by: sql<string | null>`coalesce(${profiles.display_name}, ${profiles.email})`,
    })
    .from(throttles)
    .leftJoin(profiles, eq(profiles.id, throttles.forced_by))
    .where(eq(throttles.workspace_id, workspaceId));
  const measured = row?.measured ?? 0;
  const forced =
    row === undefined || row.forced === null || row.until === null
      ? null
      : { level: row.forced, until: new Date(row.until).toISOString(), reason: row.reason ?? "", by: row.by };
  return { measured, since: iso(row?.since ?? null), forced, level: forced?.level ?? measured };
}

/** The highest levels of each slot of the last hours, oldest first: what was measured and what was in force. */
export async function readLevelHistory(tx: Tx, workspaceId: string, hours: number, slotMinutes: number) {
  const rows = await tx.execute<{ at: string; measured: number; in_force: number }>(sql`
    select extract(epoch from date_bin(make_interval(mins => ${slotMinutes}::int), v.slot_at, timestamptz '2020-01-01 00:00Z')) * 1000 as at,
      max(v.level)::int as measured, max(v.level_in_force)::int as in_force
    from launch.load_levels v
    where v.workspace_id = ${workspaceId}::uuid and v.slot_at > launch.now() - make_interval(hours => ${hours}::int)
    group by 1 order by 1`);
  return rows.map(({ at, measured, in_force }) => ({ at: Number(at), measured, in_force }));
}

/** How often each kind of limit rose from normal in the last 7 days, and in how many minutes an adaptive one was known. */
export async function readFirings(tx: Tx, workspaceId: string) {
  const rows = await tx.execute<{ name: string; static: number; adaptive: number; learned: number }>(sql`
    select e.name, count(*) filter (where e.static_fired)::int as static, count(*) filter (where e.adaptive_fired)::int as adaptive,
      count(e.adaptive_limit)::int as learned
    from launch.load_evaluations e
    where e.workspace_id = ${workspaceId}::uuid and e.slot_at > launch.now() - interval '7 days'
    group by e.name order by e.name`);
  return [...rows];
}
