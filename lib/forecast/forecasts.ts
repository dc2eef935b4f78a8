import { sql } from "drizzle-orm";
import type { Tx } from "#lib/db/service.ts";
import type { CapTime, Coverage, Forecast, ForecastHour } from "./schema.ts";
import { FORECAST_BASES, type ForecastBasis } from "./vocabulary.ts";

type HourRow = {
  country: string;
  issued_at: string;
  hour_at: string;
  p50: string | null;
  p90: string | null;
  campaign_p50: string;
  basis: ForecastBasis;
  levelled: boolean;
};

type CapTimeRow = {
  country: string;
  day_on: string;
  day_starts_at: string;
  day_ends_at: string;
  cap: number;
  used: number;
  known: boolean;
  p50_at: string | null;
  p90_at: string | null;
};

type CoverageRow = {
  country: string;
  days: number;
  hours: number;
  forecasts: number;
  within_p50: number;
  within_p90: number;
  missed: string;
  demand: string;
};

const HOURS_SHOWN = 48;
const time = (value: string) => new Date(value).toISOString();
const timeOrNull = (value: string | null) => (value === null ? null : time(value));
const numberOrNull = (value: string | null) => (value === null ? null : Number(value));

function hourOf(row: HourRow): ForecastHour {
  return {
    at: time(row.hour_at),
    p50: numberOrNull(row.p50),
    p90: numberOrNull(row.p90),
    campaigns: Number(row.campaign_p50),
  };
}

function capTimeOf(row: CapTimeRow): CapTime {
  return {
    day: row.day_on,
    starts_at: time(row.day_starts_at),
    ends_at: time(row.day_ends_at),
    cap: row.cap,
    used: row.used,
    known: row.known,
    p50_at: timeOrNull(row.p50_at),
    p90_at: timeOrNull(row.p90_at),
  };
}

function coverageOf(row: CoverageRow): Coverage {
  const demand = Number(row.demand);
  return {
    days: row.days,
    hours: row.hours,
    forecasts: row.forecasts,
    within_p50: row.within_p50 / row.forecasts,
    within_p90: row.within_p90 / row.forecasts,
    error: demand === 0 ? null : Number(row.missed) / demand,
  };
}

function usualBasis(rows: readonly HourRow[]): ForecastBasis {
  const count = (basis: ForecastBasis) => rows.filter((row) => row.basis === basis).length;
  return FORECAST_BASES.toSorted((a, b) => count(b) - count(a))[0] ?? "none";
}

/**
 * The newest forecasts by country: of every listed country, or of one. What is shown is what was issued and what coverage is measured on.
 * Throws forbidden, and not_found when the one is not listed.
 */
export async function readForecasts(tx: Tx, workspaceId: string, code: string | null): Promise<Forecast[]> {
  const hours = Map.groupBy(
    await tx.execute<HourRow>(sql`select * from launch.read_forecasts(${workspaceId}::uuid, ${code})`),
    (row) => row.country,
  );
  const times = Map.groupBy(
    await tx.execute<CapTimeRow>(
      sql`select country, day_on::text, day_starts_at, day_ends_at, cap, used, known, p50_at, p90_at
        from launch.read_cap_times(${workspaceId}::uuid, ${code})`,
    ),
    (row) => row.country,
  );
  const coverages = Map.groupBy(
    await tx.execute<CoverageRow>(
      sql`select * from launch.read_forecast_coverage(${workspaceId}::uuid, ${code})`,
    ),
    (row) => row.country,
  );
  return [...times].map(([country, capTimes]) => {
    const rows = hours.get(country) ?? [];
    const [first] = rows;
    return {
      country,
      issued_at: first === undefined ? null : time(first.issued_at),
      basis: first === undefined ? "none" : usualBasis(rows),
      levelled: first?.levelled ?? false,
      hours: rows.slice(0, HOURS_SHOWN).map(hourOf),
      cap_times: capTimes.map(capTimeOf),
      coverage: (coverages.get(country) ?? []).map(coverageOf),
    };
  });
}
