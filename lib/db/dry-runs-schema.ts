import { integer, jsonb, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Read-side mirror of the dry runs. The migrations define them; a test keeps the two equal. */
const launch = pgSchema("launch");

export const dryRuns = launch.table("dry_runs", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  proposal: jsonb().notNull(),
  countries: text().array().notNull(),
  days: integer().notNull(),
  until_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  status: text().notNull(),
  place: integer().notNull(),
  places: integer().notNull(),
  facts: jsonb().notNull(),
  results: jsonb().notNull(),
  created_by: uuid(),
  created_by_label: text().notNull(),
  created_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  ended_at: timestamp({ withTimezone: true, mode: "string" }),
  problem: text(),
});
