import {
  boolean,
  integer,
  interval,
  jsonb,
  pgSchema,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";

/** Read-side mirror of the jobs' tables. The migrations define them; a test keeps the two equal. */
const launch = pgSchema("launch");

export const jobs = launch.table("jobs", {
  name: text().notNull(),
  description: text().notNull(),
  every: interval().notNull(),
  flag: text(),
  late_after: interval().notNull(),
  is_function: boolean().notNull(),
  waits_from: smallint(),
  waits_at_most: interval(),
});

export const jobRuns = launch.table("job_runs", {
  id: uuid().notNull(),
  job: text().notNull(),
  due_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  covers_from: timestamp({ withTimezone: true, mode: "string" }),
  workspace_id: uuid(),
  requested_by: uuid(),
  attempts: integer().notNull(),
  started_at: timestamp({ withTimezone: true, mode: "string" }),
  ended_at: timestamp({ withTimezone: true, mode: "string" }),
  outcome: text(),
  error: text(),
});

export const jobResults = launch.table("job_results", {
  job: text().notNull(),
  due_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  workspace_id: uuid().notNull(),
  outcome: text().notNull(),
  took_ms: integer().notNull(),
  report: jsonb().$type<Record<string, unknown>>().notNull(),
});
