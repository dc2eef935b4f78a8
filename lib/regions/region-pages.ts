import { and, asc, desc, eq, gte, inArray, max, sql } from "drizzle-orm";
import { countries, isoCountries } from "#lib/db/launch-schema.ts";
import {
  type GateCriterion,
  gateResults,
  type RiskFactor,
  regionDays,
  regionHours,
  regionKpis,
  riskScores,
} from "#lib/db/regions-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import { countryName } from "#lib/launch/country-name.ts";
import type { Phase } from "#lib/launch/vocabulary.ts";
import type { Kpis } from "./kpis.ts";
import type { GateOutcome, KpiSpan, RiskLevel } from "./vocabulary.ts";

/** A country as the list of regions shows it: the last 24 hours, and its risk for who may see it. */
export type Region = {
  code: string;
  name: string;
  phase: Phase | null;
  at: string;
  kpis: Kpis;
  /** Active users of each of the last 24 hours, oldest first. */
  trend: number[];
  risk: { level: RiskLevel; score: number | null } | null;
};

const HOUR_MS = 3_600_000;
const time = (value: string) => new Date(value).toISOString();

/**
 * Active users of the 24 hours that end with a snapshot's hour, by country. Hours without events are 0. The countries are named: their hours
 * stand one country after another in the index, and without the names all of them would be read.
 */
async function readTrends(
  tx: Tx,
  workspaceId: string,
  codes: string[],
  until: number,
): Promise<Map<string, number[]>> {
  const from = Math.floor(until / HOUR_MS) * HOUR_MS - 23 * HOUR_MS;
  const rows = await tx
    .select({ country: regionHours.country, at: regionHours.hour_at, active: regionHours.active_users })
    .from(regionHours)
    .where(
      and(
        eq(regionHours.workspace_id, workspaceId),
        inArray(regionHours.country, codes),
        gte(regionHours.hour_at, new Date(from).toISOString()),
      ),
    );
  const trends = new Map<string, number[]>();
  for (const { country, at, active } of rows) {
    const trend = trends.get(country) ?? Array.from({ length: 24 }, () => 0);
    const index = (Date.parse(at) - from) / HOUR_MS;
    if (index < 24) trend[index] = active;
    trends.set(country, trend);
  }
  return trends;
}

/** Every country of the newest snapshot, by name. Risk is null for who may not read it. */
export async function readRegions(tx: Tx, workspaceId: string): Promise<Region[]> {
  const [newest] = await tx
    .select({ at: max(regionKpis.at) })
    .from(regionKpis)
    .where(eq(regionKpis.workspace_id, workspaceId));
  if (newest?.at == null) return [];
  const isRisk = and(
    eq(riskScores.workspace_id, regionKpis.workspace_id),
    eq(riskScores.country, regionKpis.country),
    sql`${riskScores.at} = (select max(r.at) from ${riskScores} r where r.workspace_id = ${workspaceId}::uuid)`,
  );
  const rows = await tx
    .select({ kpis: regionKpis, phase: countries.phase, level: riskScores.level, score: riskScores.score })
    .from(regionKpis)
    .leftJoin(
      countries,
      and(eq(countries.workspace_id, regionKpis.workspace_id), eq(countries.code, regionKpis.country)),
    )
    .leftJoin(riskScores, isRisk)
    .where(and(eq(regionKpis.workspace_id, workspaceId), eq(regionKpis.at, newest.at)));
  const codes = rows.map(({ kpis }) => kpis.country);
  const trends = await readTrends(tx, workspaceId, codes, Date.parse(newest.at));
  return rows
    .map(({ kpis, phase, level, score }) => ({
      code: kpis.country,
      name: countryName(kpis.country),
      phase: phase as Phase | null,
      at: time(kpis.at),
      kpis,
      trend: trends.get(kpis.country) ?? [],
      risk: level === null ? null : { level: level as RiskLevel, score },
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, "en"));
}

/** Where one country stands: its zone, its newest snapshot. Null for a country without either a listing or a snapshot. */
export async function readRegion(tx: Tx, workspaceId: string, code: string) {
  const [listed] = await tx
    .select({ phase: countries.phase, zone: countries.time_zone })
    .from(countries)
    .where(and(eq(countries.workspace_id, workspaceId), eq(countries.code, code)));
  const [iso] = await tx
    .select({ zone: isoCountries.time_zone })
    .from(isoCountries)
    .where(eq(isoCountries.code, code));
  const [kpis] = await tx
    .select()
    .from(regionKpis)
    .where(and(eq(regionKpis.workspace_id, workspaceId), eq(regionKpis.country, code)))
    .orderBy(desc(regionKpis.at))
    .limit(1);
  if (listed === undefined && kpis === undefined) return null;
  return {
    code,
    name: countryName(code),
    phase: (listed?.phase ?? null) as Phase | null,
    timeZone: listed?.zone ?? iso?.zone ?? "UTC",
    at: kpis === undefined ? null : time(kpis.at),
    kpis: kpis ?? null,
  };
}

/** A country's KPIs over time: `at` is when an hour (UTC) or a local day begins, in milliseconds. */
export type KpiPoint = { at: number; kpis: Kpis };

const SPAN_HOURS: Record<KpiSpan, number> = { "24h": 24, "7d": 7 * 24, "90d": 90 * 24 };

/** The hours of the last 24 hours or 7 days, or the local days of the last 90, that have anything; oldest first. */
export async function readSeries(
  tx: Tx,
  { workspaceId, code }: { workspaceId: string; code: string },
  span: KpiSpan,
  now: number,
): Promise<KpiPoint[]> {
  const from = new Date(Math.floor(now / HOUR_MS) * HOUR_MS - (SPAN_HOURS[span] - 1) * HOUR_MS).toISOString();
  if (span === "90d") {
    const rows = await tx
      .select()
      .from(regionDays)
      .where(
        and(
          eq(regionDays.workspace_id, workspaceId),
          eq(regionDays.country, code),
          gte(regionDays.day_starts_at, from),
        ),
      )
      .orderBy(asc(regionDays.day_starts_at));
    return rows.map((row) => ({ at: Date.parse(row.day_starts_at), kpis: row }));
  }
  const rows = await tx
    .select()
    .from(regionHours)
    .where(
      and(
        eq(regionHours.workspace_id, workspaceId),
        eq(regionHours.country, code),
        gte(regionHours.hour_at, from),
      ),
    )
    .orderBy(asc(regionHours.hour_at));
  return rows.map((row) => ({ at: Date.parse(row.hour_at), kpis: row }));
}

/** A country's score at one time, with why each point was given. */
export type RiskScore = {
  at: string;
  level: RiskLevel;
  score: number | null;
  tripped: boolean;
  factors: RiskFactor[];
  scorecardVersion: number;
};

/** The scores of a country since a time, newest first. Empty for who may not read them. */
export async function readRiskScores(
  tx: Tx,
  workspaceId: string,
  code: string,
  since: Date,
): Promise<RiskScore[]> {
  const rows = await tx
    .select()
    .from(riskScores)
    .where(
      and(
        eq(riskScores.workspace_id, workspaceId),
        eq(riskScores.country, code),
        gte(riskScores.at, since.toISOString()),
      ),
    )
    .orderBy(desc(riskScores.at));
  return rows.map((row) => ({
    at: time(row.at),
    level: row.level as RiskLevel,
    score: row.score,
    tripped: row.tripped,
    factors: row.factors,
    scorecardVersion: row.scorecard_version,
  }));
}

/** What the gate from soft to public came to. */
export type GateResult = { at: string; outcome: GateOutcome; criteria: GateCriterion[]; snapshots: number };

/** The newest result of a country's gate, or null when it was never judged. */
export async function readGate(tx: Tx, workspaceId: string, code: string): Promise<GateResult | null> {
  const [row] = await tx
    .select()
    .from(gateResults)
    .where(and(eq(gateResults.workspace_id, workspaceId), eq(gateResults.country, code)))
    .orderBy(desc(gateResults.at))
    .limit(1);
  if (row === undefined) return null;
  return {
    at: time(row.at),
    outcome: row.outcome as GateOutcome,
    criteria: row.criteria,
    snapshots: row.snapshots,
  };
}
