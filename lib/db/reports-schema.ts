import {
  bigint,
  boolean,
  customType,
  date,
  integer,
  jsonb,
  pgSchema,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";

/** Read-side mirror of the reports' tables. The migrations define them; a test keeps the two equal. */
const launch = pgSchema("launch");
const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

export const reports = launch.table("reports", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  month_on: date().notNull(),
  made_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  made_by: text().notNull(),
  tables: jsonb().notNull(),
  sha256: text().notNull(),
  audit_sequence: bigint({ mode: "number" }).notNull(),
  audit_hash: text().notNull(),
  audit_first_bad: bigint({ mode: "number" }),
  audit_problem: text(),
});

export const reportFiles = launch.table("report_files", {
  report_id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  name: text().notNull(),
  content: bytea().notNull(),
  bytes: integer().notNull(),
  sha256: text().notNull(),
});

export const reportSchedules = launch.table("report_schedules", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  name: text().notNull(),
  day_of_month: smallint().notNull(),
  hour: smallint().notNull(),
  time_zone: text().notNull(),
  recipients: text().array().notNull(),
  enabled: boolean().notNull(),
  due_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  sent_month: date(),
  created_by: uuid(),
  created_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  version: integer().notNull(),
});

export const reportAddresses = launch.table("report_addresses", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  email: text().notNull(),
  asked_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  confirmed_at: timestamp({ withTimezone: true, mode: "string" }),
  left_at: timestamp({ withTimezone: true, mode: "string" }),
});

export const summarySettings = launch.table("summary_settings", {
  workspace_id: uuid().notNull(),
  enabled: boolean().notNull(),
  hour: smallint().notNull(),
  time_zone: text().notNull(),
  due_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  sent_day: date(),
  version: integer().notNull(),
});

export const reportLetters = launch.table("report_letters", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  schedule_id: uuid(),
  report_id: uuid().notNull(),
  email: text().notNull(),
  outside: boolean().notNull(),
  test: boolean().notNull(),
  outbox_id: uuid(),
  created_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  expires_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
});
