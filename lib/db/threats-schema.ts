import { cidr, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Read-side mirror of the threat shield's tables. The migrations define them; a test keeps the two equal. */
const launch = pgSchema("launch");

export const blocks = launch.table("blocks", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  kind: text().notNull(),
  value: text().notNull(),
  range: cidr(),
  reason: text().notNull(),
  source: text().notNull(),
  alert_id: uuid(),
  created_by: uuid(),
  created_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  until: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  lifted_at: timestamp({ withTimezone: true, mode: "string" }),
  lifted_by: uuid(),
});

export const protections = launch.table("protections", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  reason: text().notNull(),
  source: text().notNull(),
  alert_id: uuid(),
  created_by: uuid(),
  created_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  until: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  ended_at: timestamp({ withTimezone: true, mode: "string" }),
  ended_by: uuid(),
});
