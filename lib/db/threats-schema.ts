import {
  cidr,
  doublePrecision,
  inet,
  integer,
  jsonb,
  pgSchema,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";

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

export const threatRules = launch.table("threat_rules", {
  workspace_id: uuid().notNull(),
  rule: text().notNull(),
  mode: text().notNull(),
  threshold: integer().notNull(),
  window_minutes: integer().notNull(),
  share: doublePrecision(),
  counts_per: text().notNull(),
  answer: text().notNull(),
  blocks: text().array().notNull(),
  answer_minutes: integer().notNull(),
  version: integer().notNull(),
  updated_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  updated_by: uuid(),
});

export const threatSnoozes = launch.table("threat_snoozes", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  rule: text().notNull(),
  entity: text().notNull(),
  reason: text().notNull(),
  created_by: uuid(),
  created_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  until: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  ended_at: timestamp({ withTimezone: true, mode: "string" }),
});

export const threatFindings = launch.table("threat_findings", {
  workspace_id: uuid().notNull(),
  rule: text().notNull(),
  entity: text().notNull(),
  slot_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  peak_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  found: integer().notNull(),
  out_of: integer(),
  threshold: integer().notNull(),
  mode: text().notNull(),
  found_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
});

export const threatPatterns = launch.table("threat_patterns", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  rule: text().notNull(),
  entity: text().notNull(),
  country: text(),
  state: text().notNull(),
  mode: text().notNull(),
  first_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  last_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  last_slot_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  occurrences: integer().notNull(),
  peak: integer().notNull(),
  peak_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  accounts: text().array().notNull(),
  devices: text().array().notNull(),
  ips: inet().array().notNull(),
  evidence: jsonb().$type<Record<string, unknown>>().notNull(),
  alert_id: uuid(),
  updated_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
});
