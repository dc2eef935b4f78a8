import {
  boolean,
  doublePrecision,
  integer,
  interval,
  pgSchema,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";

/** Read-side mirror of load and its limits. The migrations define the tables; a test keeps the two equal. */
const launch = pgSchema("launch");

const at = () => timestamp({ withTimezone: true, mode: "string" });

export const limits = launch.table("limits", {
  workspace_id: uuid().notNull(),
  name: text().notNull(),
  source: text().notNull(),
  kind: text().notNull(),
  value: doublePrecision(),
  enabled: boolean().notNull(),
  event_type: text(),
  event_window: interval(),
  mad_factor: doublePrecision().notNull(),
  floor: doublePrecision(),
  ceiling: doublePrecision(),
  daily_drift: doublePrecision().notNull(),
  min_samples: integer().notNull(),
  version: integer().notNull(),
  updated_at: at().notNull(),
  updated_by: uuid(),
});

export const limitStates = launch.table("limit_states", {
  workspace_id: uuid().notNull(),
  name: text().notNull(),
  value: doublePrecision(),
  measured_at: at(),
  is_stale: boolean().notNull(),
  level: smallint().notNull(),
  level_since: at().notNull(),
  static_level: smallint().notNull(),
  static_calm: integer().array().notNull(),
  adaptive_limit: doublePrecision(),
  adaptive_level: smallint().notNull(),
  adaptive_calm: integer().array().notNull(),
  evaluated_at: at().notNull(),
});

export const adaptiveLimits = launch.table("adaptive_limits", {
  workspace_id: uuid().notNull(),
  name: text().notNull(),
  hour_of_week: smallint().notNull(),
  value: doublePrecision(),
  median: doublePrecision(),
  mad: doublePrecision(),
  samples: integer().notNull(),
  learned_at: at(),
  tried_at: at().notNull(),
});

export const loadEvaluations = launch.table("load_evaluations", {
  workspace_id: uuid().notNull(),
  name: text().notNull(),
  slot_at: at().notNull(),
  value: doublePrecision(),
  is_stale: boolean().notNull(),
  level: smallint().notNull(),
  static_limit: doublePrecision(),
  static_level: smallint().notNull(),
  static_fired: boolean().notNull(),
  adaptive_limit: doublePrecision(),
  adaptive_level: smallint().notNull(),
  adaptive_fired: boolean().notNull(),
});

export const loadLevels = launch.table("load_levels", {
  workspace_id: uuid().notNull(),
  slot_at: at().notNull(),
  level: smallint().notNull(),
  level_in_force: smallint().notNull(),
});

export const measurementSources = launch.table("measurement_sources", {
  workspace_id: uuid().notNull(),
  name: text().notNull(),
  url: text().notNull(),
  query: text().notNull(),
  header_name: text(),
  enabled: boolean().notNull(),
  last_at: at(),
  last_error: text(),
  updated_at: at().notNull(),
  updated_by: uuid(),
});
