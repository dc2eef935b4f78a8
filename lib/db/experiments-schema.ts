import { date, integer, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Read-side mirror of the experiments' tables. The migrations define them; a test keeps the two equal. */
const launch = pgSchema("launch");

export const experiments = launch.table("experiments", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  operation: text().notNull(),
  cap_a: integer().notNull(),
  cap_b: integer().notNull(),
  starts_on: date().notNull(),
  days: integer().notNull(),
  seed: text().notNull(),
  metric: text().notNull(),
  status: text().notNull(),
  phase: text(),
  time_zone: text(),
  cap_before: integer(),
  cap_now: integer(),
  policy_version: integer(),
  outcome: text(),
  reason: text(),
  created_by: uuid(),
  created_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  ended_at: timestamp({ withTimezone: true, mode: "string" }),
});

export const experimentDays = launch.table("experiment_days", {
  experiment_id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  day_on: date().notNull(),
  pair: integer().notNull(),
  arm: text().notNull(),
  applied_at: timestamp({ withTimezone: true, mode: "string" }),
  left_out: text(),
});
