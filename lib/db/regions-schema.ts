import {
  bigint,
  boolean,
  date,
  doublePrecision,
  integer,
  jsonb,
  numeric,
  pgSchema,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";

/** Read-side mirror of KPIs, risk and gates. The migrations define the tables; a test keeps the two equal. */
const launch = pgSchema("launch");

/** Minor units by currency. */
type Amounts = Record<string, number>;

/** A rule that counted, or a metric that could not be judged. */
export interface RiskFactor {
  metric: string;
  value: number | null;
  points: number;
  trip: boolean;
  comparison?: "above" | "below";
  threshold?: number;
  unknown?: "no_data" | "missing_rate";
}

/** One criterion of a gate; `worst` of the window is what was judged. */
export interface GateCriterion {
  criterion: string;
  outcome: "pass" | "fail" | "inconclusive";
  worst: number | null;
  latest: number | null;
  threshold: number;
}

const kpis = {
  installs: integer().notNull(),
  verified: integer().notNull(),
  active_users: integer().notNull(),
  active_chats: integer().notNull(),
  revenue_minor: bigint({ mode: "number" }).notNull(),
  currency: text().notNull(),
  revenues: jsonb().$type<Amounts>().notNull(),
  missing_currencies: text().array().notNull(),
  chargebacks: integer().notNull(),
  charged_back: jsonb().$type<Amounts>().notNull(),
  support_volume: integer().notNull(),
  safety_incidents: integer().notNull(),
  churn_risk: doublePrecision(),
  store_rating: doublePrecision(),
  events: bigint({ mode: "number" }).notNull(),
};

export const currencies = launch.table("currencies", {
  code: text().notNull(),
  digits: smallint().notNull(),
});

export const currencyRates = launch.table("currency_rates", {
  workspace_id: uuid().notNull(),
  on_date: date().notNull(),
  base: text().notNull(),
  quote: text().notNull(),
  rate: numeric({ mode: "number" }).notNull(),
  imported_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
});

export const regionSettings = launch.table("region_settings", {
  workspace_id: uuid().notNull(),
  reporting_currency: text().notNull(),
  compare_hours: smallint().notNull(),
  support_ratio: numeric({ mode: "number" }).notNull(),
  support_minimum: integer().notNull(),
  surge_ratio: numeric({ mode: "number" }).notNull(),
  surge_minimum: integer().notNull(),
  gate_active_users: integer().notNull(),
  gate_revenue: integer().notNull(),
  gate_safety_incidents: integer().notNull(),
  gate_verification_rate: numeric({ mode: "number" }).notNull(),
  gate_days: integer().notNull(),
  gate_window_hours: smallint().notNull(),
  gate_sample: integer().notNull(),
  version: integer().notNull(),
});

export const eventSlots = launch.table("event_slots", {
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  slot_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  type: text().notNull(),
  currency: text().notNull(),
  events: integer().notNull(),
  amount_minor: numeric({ mode: "number" }).notNull(),
  value_sum: doublePrecision().notNull(),
  value_count: integer().notNull(),
});

export const regionHours = launch.table("region_hours", {
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  hour_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  ...kpis,
});

export const regionDays = launch.table("region_days", {
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  day_on: date().notNull(),
  day_starts_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  day_ends_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  ...kpis,
});

export const regionKpis = launch.table("region_kpis", {
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  ...kpis,
});

export const scorecards = launch.table("scorecards", {
  workspace_id: uuid().notNull(),
  version: integer().notNull(),
  rules: jsonb().$type<unknown>().notNull(),
  minimum_active_users: integer().notNull(),
  medium_from: smallint().notNull(),
  high_from: smallint().notNull(),
  critical_from: smallint().notNull(),
  reason: text(),
  changed_by: text().notNull(),
  changed_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
});

export const riskScores = launch.table("risk_scores", {
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  score: smallint(),
  level: text().notNull(),
  tripped: boolean().notNull(),
  factors: jsonb().$type<RiskFactor[]>().notNull(),
  kpis: jsonb().$type<Record<string, unknown>>().notNull(),
  scorecard_version: integer().notNull(),
});

export const incidents = launch.table("incidents", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  opened_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  last_critical_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  score: smallint().notNull(),
  tripped: boolean().notNull(),
  factors: jsonb().$type<RiskFactor[]>().notNull(),
  kpis: jsonb().$type<Record<string, unknown>>().notNull(),
  scorecard_version: integer().notNull(),
  phase: text().notNull(),
  may_pause: boolean().notNull(),
  paused_at: timestamp({ withTimezone: true, mode: "string" }),
  closed_at: timestamp({ withTimezone: true, mode: "string" }),
  closed_by: text(),
  closed_because: text(),
  version: integer().notNull(),
});

export const incidentNotes = launch.table("incident_notes", {
  id: uuid().notNull(),
  incident_id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  author: text().notNull(),
  body: text().notNull(),
});

export const gateResults = launch.table("gate_results", {
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  gate: text().notNull(),
  at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  outcome: text().notNull(),
  criteria: jsonb().$type<GateCriterion[]>().notNull(),
  snapshots: integer().notNull(),
  newest_at: timestamp({ withTimezone: true, mode: "string" }),
});
