import type { GateOutcome, KpiName, RiskLevel } from "#lib/regions/vocabulary.ts";

export const KPI_WORDS: Record<KpiName, string> = {
  installs: "Installs",
  verification_rate: "Verification rate",
  active_users: "Active users",
  active_chats: "Active chats",
  revenue: "Revenue",
  chargebacks: "Chargebacks",
  support_volume: "Support volume",
  safety_incidents: "Safety incidents",
  churn_risk: "Churn risk",
  store_rating: "Store rating",
};

/** What rules and criteria look at, as people read it. */
const METRIC_WORDS: Record<string, string> = {
  ...KPI_WORDS,
  support_per_1000: "Support per 1,000 active users",
  incidents_per_1000: "Safety incidents per 1,000 active users",
  days_in_phase: "Days in the phase",
};

export function metricWords(metric: string): string {
  return METRIC_WORDS[metric] ?? metric;
}

export const LEVEL_WORDS: Record<RiskLevel, string> = {
  insufficient_data: "Insufficient data",
  low: "Low",
  medium: "Medium",
  high: "High",
  critical: "Critical",
};

export const OUTCOME_WORDS: Record<GateOutcome, string> = {
  pass: "Pass",
  fail: "Fail",
  inconclusive: "Inconclusive",
};

const NUMBER = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const SHARE = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });

/** A metric's value with its unit: "48.5%", "12,345 USD", "101". A dash when it isn't known. */
export function metricText(metric: string, value: number | null | undefined, currency: string): string {
  if (value === null || value === undefined) return "–";
  if (metric === "verification_rate" || metric === "churn_risk") return SHARE.format(value);
  return metric === "revenue" ? `${NUMBER.format(value)} ${currency}` : NUMBER.format(value);
}
