import { bigint, doublePrecision, inet, jsonb, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Read-side mirror of what products report. The migrations define the tables; a test keeps the two equal. */
const launch = pgSchema("launch");

export const eventTypes = launch.table("event_types", {
  type: text().notNull(),
  description: text().notNull(),
});

export const events = launch.table("events", {
  workspace_id: uuid().notNull(),
  occurred_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  received_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  type: text().notNull(),
  source: text().notNull(),
  event_id: text().notNull(),
  country: text(),
  subject: text(),
  device: text(),
  ip: inet(),
  amount_minor: bigint({ mode: "number" }),
  currency: text(),
  value: doublePrecision(),
  data: jsonb().$type<Record<string, unknown>>(),
});

export const measurements = launch.table("measurements", {
  workspace_id: uuid().notNull(),
  name: text().notNull(),
  measured_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  received_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  value: doublePrecision().notNull(),
});

export const subjectCountries = launch.table("subject_countries", {
  workspace_id: uuid().notNull(),
  subject: text().notNull(),
  country: text().notNull(),
  reported_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
});

export const unknownEvents = launch.table("unknown_events", {
  workspace_id: uuid().notNull(),
  day_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  type: text().notNull(),
  events: bigint({ mode: "number" }).notNull(),
  last_source: text().notNull(),
  last_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
});

export const eventIntake = launch.table("event_intake", {
  workspace_id: uuid().notNull(),
  slot_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  type: text().notNull(),
  accepted: bigint({ mode: "number" }).notNull(),
  late: bigint({ mode: "number" }).notNull(),
  duplicates: bigint({ mode: "number" }).notNull(),
  unknown: bigint({ mode: "number" }).notNull(),
  refused: bigint({ mode: "number" }).notNull(),
  last_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  last_problem: text(),
  problem_at: timestamp({ withTimezone: true, mode: "string" }),
});
