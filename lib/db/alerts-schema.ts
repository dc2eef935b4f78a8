import { integer, jsonb, pgSchema, smallint, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { ALERT_CHANGES } from "#lib/alerts/vocabulary.ts";

/** Read-side mirror of the alerts' tables. The migrations define them; a test keeps the two equal. */
const launch = pgSchema("launch");

export const alertKinds = launch.table("alert_kinds", {
  kind: text().notNull(),
  permission: text().notNull(),
  description: text().notNull(),
});

export const alerts = launch.table("alerts", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  kind: text().notNull(),
  fingerprint: text().notNull(),
  severity: text().notNull(),
  title: text().notNull(),
  country: text(),
  subject_id: text(),
  evidence: jsonb().$type<Record<string, unknown>>().notNull(),
  step: smallint().notNull(),
  status: text().notNull(),
  occurrences: integer().notNull(),
  opened_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  last_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  acknowledged_at: timestamp({ withTimezone: true, mode: "string" }),
  acknowledged_by: uuid(),
  assigned_to: uuid(),
  resolved_at: timestamp({ withTimezone: true, mode: "string" }),
  resolved_by: uuid(),
  outcome: text(),
  note: text(),
  muted_until: timestamp({ withTimezone: true, mode: "string" }),
  muted_reason: text(),
  version: integer().notNull(),
});

export const alertChanges = launch.table("alert_changes", {
  id: uuid().notNull(),
  alert_id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  change: text().$type<(typeof ALERT_CHANGES)[number]>().notNull(),
  at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  actor: text().notNull(),
  note: text(),
});
