import {
  bigint,
  boolean,
  customType,
  integer,
  jsonb,
  pgSchema,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";

/** Read-side mirror of the tables and views of schema app that pages read. The migrations define them; a test keeps the two equal. */
const app = pgSchema("app");

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

export const profiles = app.table("profiles", {
  id: uuid().notNull(),
  email: text().notNull(),
  display_name: text(),
  created_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
});

export const workspaces = app.table("workspaces", {
  id: uuid().notNull(),
  slug: text().notNull(),
  name: text().notNull(),
  environment: text().notNull(),
  allows_unlisted_countries: boolean().notNull(),
  created_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
});

export const members = app.table("members", {
  workspace_id: uuid().notNull(),
  user_id: uuid().notNull(),
  role: text().notNull(),
  joined_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
});

export const roles = app.table("roles", {
  name: text().notNull(),
  rank: smallint().notNull(),
  description: text().notNull(),
});

export const permissions = app.table("permissions", {
  name: text().notNull(),
  description: text().notNull(),
});

export const rolePermissions = app.table("role_permissions", {
  role: text().notNull(),
  permission: text().notNull(),
});

export const invitations = app.table("invitations", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  email: text().notNull(),
  role: text().notNull(),
  invited_by: uuid(),
  created_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  expires_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  accepted_at: timestamp({ withTimezone: true, mode: "string" }),
  revoked_at: timestamp({ withTimezone: true, mode: "string" }),
});

export const apiKeys = app.table("api_keys", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  name: text().notNull(),
  prefix: text().notNull(),
  scopes: text().array().notNull(),
  created_by: uuid(),
  created_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  expires_at: timestamp({ withTimezone: true, mode: "string" }),
  last_used_at: timestamp({ withTimezone: true, mode: "string" }),
  revoked_at: timestamp({ withTimezone: true, mode: "string" }),
  rotated_from: uuid(),
});

export const flagDefinitions = app.table("flag_definitions", {
  key: text().notNull(),
  description: text().notNull(),
  on_by_default: boolean().notNull(),
  on_in_development: boolean().notNull(),
});

export const flags = app.table("flags", {
  workspace_id: uuid().notNull(),
  key: text().notNull(),
  enabled: boolean().notNull(),
  version: integer().notNull(),
  updated_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  updated_by: uuid(),
});

export const auditHeads = app.table("audit_heads", {
  workspace_id: uuid().notNull(),
  sequence: bigint({ mode: "number" }).notNull(),
});

export const auditEntries = app.table("audit_entries", {
  workspace_id: uuid().notNull(),
  sequence: bigint({ mode: "number" }).notNull(),
  at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  actor_kind: text().notNull(),
  actor_id: uuid(),
  actor_label: text().notNull(),
  action: text().notNull(),
  resource_type: text().notNull(),
  resource_id: text().notNull(),
  severity: text().notNull(),
  reason: text(),
  details: jsonb().$type<Record<string, unknown>>().notNull(),
  previous_hash: bytea().notNull(),
  hash: bytea().notNull(),
});

export const outbox = app.table("outbox", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  topic: text().notNull(),
  payload: jsonb().$type<Record<string, unknown>>().notNull(),
  created_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  due_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  attempts: integer().notNull(),
  claimed_until: timestamp({ withTimezone: true, mode: "string" }),
  delivered_at: timestamp({ withTimezone: true, mode: "string" }),
  failed_at: timestamp({ withTimezone: true, mode: "string" }),
  last_error: text(),
});
