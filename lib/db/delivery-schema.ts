import { bigint, boolean, integer, jsonb, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Read-side mirror of channels and deliveries. The migrations define the tables; a test keeps the two equal. */
const app = pgSchema("app");

export const messageTypes = app.table("message_types", {
  type: text().notNull(),
  description: text().notNull(),
});

export const channels = app.table("channels", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  kind: text().notNull(),
  name: text().notNull(),
  url: text(),
  recipients: text().array(),
  message_types: text().array().notNull(),
  minimum_severity: text().notNull(),
  alert_kinds: text().array(),
  enabled: boolean().notNull(),
  disabled_reason: text(),
  hint: text(),
  rotation_ends_at: timestamp({ withTimezone: true, mode: "string" }),
  last_success_at: timestamp({ withTimezone: true, mode: "string" }),
  failing_since: timestamp({ withTimezone: true, mode: "string" }),
  last_error: text(),
  held_until: timestamp({ withTimezone: true, mode: "string" }),
  created_by: uuid(),
  created_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  deleted_at: timestamp({ withTimezone: true, mode: "string" }),
  version: integer().notNull(),
});

export const messages = app.table("messages", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  type: text().notNull(),
  subject: text().notNull(),
  at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  data: jsonb().$type<Record<string, unknown>>().notNull(),
});

export const deliveries = app.table("deliveries", {
  id: bigint({ mode: "number" }).notNull(),
  workspace_id: uuid().notNull(),
  channel_id: uuid().notNull(),
  message_id: uuid().notNull(),
  subject: text().notNull(),
  state: text().notNull(),
  attempts: integer().notNull(),
  tries: integer().notNull(),
  due_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  claimed_until: timestamp({ withTimezone: true, mode: "string" }),
  created_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  settled_at: timestamp({ withTimezone: true, mode: "string" }),
  last_error: text(),
  reached: text().array().notNull(),
  refused: text().array().notNull(),
});

/** Somebody whom a mail did not reach: the mail server's answer, and whether it is final. */
export interface Refusal {
  recipient: string;
  status: number | null;
  response: string;
  final: boolean;
}

export const deliveryAttempts = app.table("delivery_attempts", {
  delivery_id: bigint({ mode: "number" }).notNull(),
  attempt: integer().notNull(),
  workspace_id: uuid().notNull(),
  at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  status: integer(),
  error: text(),
  response: text(),
  took_ms: integer().notNull(),
  refusals: jsonb().$type<Refusal[]>(),
});
