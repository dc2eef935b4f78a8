import type { ChartData } from "#app/(console)/[workspace]/regions/[code]/kpi-panel.tsx";
import type { RegionQuery } from "#app/(console)/[workspace]/regions/[code]/query.ts";
import { type Kpis, kpiValue, wholeUnits } from "#lib/regions/kpis.ts";
import type { KpiPoint } from "#lib/regions/region-pages.ts";
import { KPI_NAMES } from "#lib/regions/vocabulary.ts";

const HOUR_MS = 3_600_000;
/** Means and rates: nothing where nothing was reported. Counts are 0 there. */
const UNKNOWN_WITHOUT_EVENTS = ["verification_rate", "churn_risk", "store_rating"];
const PER_CENT = ["verification_rate", "churn_risk"];

function shownValue(kpis: Kpis, of: string): number | null {
  if (of.startsWith("revenue:")) return wholeUnits(kpis.revenues[of.slice(8)] ?? 0, of.slice(8));
  const name = KPI_NAMES.find((one) => one === of) ?? "active_users";
  const value = kpiValue(kpis, name);
  return value !== null && PER_CENT.includes(name) ? Math.round(value * 1000) / 10 : value;
}

/** The points of a chart: every hour of the span has one, also an hour without events; days have those that are known. */
export function chartData(series: readonly KpiPoint[], query: RegionQuery, now: number): ChartData {
  const known = new Map(series.map(({ at, kpis }) => [at, shownValue(kpis, query.of)]));
  const empty = UNKNOWN_WITHOUT_EVENTS.includes(query.of) ? null : 0;
  const last = Math.floor(now / HOUR_MS) * HOUR_MS;
  const hours = query.span === "7d" ? 7 * 24 : 24;
  const points =
    query.span === "90d"
      ? [...known].map(([at, value]) => ({ at, value }))
      : Array.from({ length: hours }, (_, index) => last - (hours - 1 - index) * HOUR_MS).map((at) => ({
          at,
          value: known.get(at) ?? (known.has(at) ? null : empty),
        }));
  const unique = (pick: (kpis: Kpis) => string[]) =>
    [...new Set(series.flatMap(({ kpis }) => pick(kpis)))].toSorted();
  return {
    points,
    from: query.span === "90d" ? last - 90 * 24 * HOUR_MS : (points[0]?.at ?? last),
    to: last,
    currencies: unique((kpis) => Object.keys(kpis.revenues)),
    missing: unique((kpis) => kpis.missing_currencies),
  };
}
