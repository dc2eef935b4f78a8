import { KPI_WORDS, metricText } from "#app/(console)/[workspace]/regions/words.ts";
import { Stat, StatGroup } from "#components/stat.tsx";
import { formatMinor, isCurrency } from "#lib/launch/currencies.ts";
import { type Kpis, kpiValue } from "#lib/regions/kpis.ts";
import type { KpiName } from "#lib/regions/vocabulary.ts";

const SHOWN: KpiName[] = [
  "installs",
  "verification_rate",
  "active_users",
  "revenue",
  "support_volume",
  "safety_incidents",
  "churn_risk",
  "store_rating",
];

function hintOf(name: KpiName, kpis: Kpis): string | undefined {
  if (name === "verification_rate") return `${kpis.verified.toLocaleString("en")} verified`;
  if (name !== "revenue") return undefined;
  const own = Object.entries(kpis.revenues)
    .filter(([code]) => code !== kpis.currency)
    .map(([code, minor]) => (isCurrency(code) ? formatMinor(minor, code, "en") : code));
  const missing =
    kpis.missing_currencies.length === 0 ? [] : [`without ${kpis.missing_currencies.join(", ")}`];
  return [...own, ...missing].join(", ") || undefined;
}

/** The last 24 hours of a country at a glance. */
export function RegionStats({ name: country, kpis }: { name: string; kpis: Kpis }) {
  return (
    <StatGroup label={`The last 24 hours in ${country}`}>
      {SHOWN.map((name) => {
        const hint = hintOf(name, kpis);
        return (
          <Stat
            key={name}
            label={KPI_WORDS[name]}
            value={metricText(name, kpiValue(kpis, name), kpis.currency)}
            {...(hint !== undefined && { hint })}
          />
        );
      })}
    </StatGroup>
  );
}
