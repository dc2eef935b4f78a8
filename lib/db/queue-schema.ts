import { bigint, boolean, date, integer, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Read-side mirror of the onboarding queue's tables. The migrations define them; a test keeps the two equal. */
const launch = pgSchema("launch");

export const queues = launch.table("queues", {
  workspace_id: uuid().notNull(),
  operation: text().notNull(),
  enabled: boolean().notNull(),
  claim_seconds: integer().notNull(),
  per_minute: integer().notNull(),
  carries_over: boolean().notNull(),
  return_url: text(),
  version: integer().notNull(),
});

export const tickets = launch.table("tickets", {
  id: uuid().notNull(),
  number: bigint({ mode: "number" }).notNull(),
  workspace_id: uuid().notNull(),
  api_key_id: uuid().notNull(),
  country: text().notNull(),
  operation: text().notNull(),
  units: integer().notNull(),
  subject: text(),
  state: text().notNull(),
  entered_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  entered_on: date().notNull(),
  ready_at: timestamp({ withTimezone: true, mode: "string" }),
  claim_until: timestamp({ withTimezone: true, mode: "string" }),
  receipt_id: uuid(),
  claimed_at: timestamp({ withTimezone: true, mode: "string" }),
  ended_at: timestamp({ withTimezone: true, mode: "string" }),
});
