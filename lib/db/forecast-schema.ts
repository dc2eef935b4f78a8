import { bigint, boolean, integer, numeric, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Read-side mirror of the forecasts' tables. The migrations define them; a test keeps the two equal. */
const launch = pgSchema("launch");

export const forecasts = launch.table("forecasts", {
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  issued_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  hour_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  p50: numeric({ mode: "number" }),
  p90: numeric({ mode: "number" }),
  base_p50: numeric({ mode: "number" }),
  campaign_p50: numeric({ mode: "number" }).notNull(),
  basis: text().notNull(),
  levelled: boolean().notNull(),
});

export const forecastOutcomes = launch.table("forecast_outcomes", {
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  hour_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  demand: numeric({ mode: "number" }).notNull(),
  granted: bigint({ mode: "number" }).notNull(),
  forecasts: integer().notNull(),
  within_p50: integer().notNull(),
  within_p90: integer().notNull(),
  absolute_error: numeric({ mode: "number" }).notNull(),
});
