/** The words of KPIs and risk. The same in SQL, in the API and on screen. Portable: no imports. */

export const RISK_LEVELS = ["insufficient_data", "low", "medium", "high", "critical"] as const;

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

export const GATE_OUTCOMES = ["pass", "fail", "inconclusive"] as const;
