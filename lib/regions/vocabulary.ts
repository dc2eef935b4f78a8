/** The words of KPIs and risk. The same in SQL, in the API and on screen. Portable: no imports. */

export const RISK_LEVELS = ["insufficient_data", "low", "medium", "high", "critical"] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

/** What a rule of the scorecard can look at: the last 24 hours. Revenue is in whole units of the reporting currency, rates are from 0 to 1. */
export const RISK_METRICS = [
  "installs",
  "active_users",
  "active_chats",
  "revenue",
  "chargebacks",
  "support_volume",
  "support_per_1000",
  "safety_incidents",
  "incidents_per_1000",
  "verification_rate",
  "churn_risk",
  "store_rating",
] as const;

export const COMPARISONS = ["above", "below"] as const;

export const GATE_OUTCOMES = ["pass", "fail", "inconclusive"] as const;
export type GateOutcome = (typeof GATE_OUTCOMES)[number];

/** What a chart can show of a country, next to revenue in one of its own currencies. */
export const KPI_NAMES = [
  "installs",
  "verification_rate",
  "active_users",
  "active_chats",
  "revenue",
  "chargebacks",
  "support_volume",
  "safety_incidents",
  "churn_risk",
  "store_rating",
] as const;
export type KpiName = (typeof KPI_NAMES)[number];

export const KPI_SPANS = ["24h", "7d", "90d"] as const;
export type KpiSpan = (typeof KPI_SPANS)[number];
