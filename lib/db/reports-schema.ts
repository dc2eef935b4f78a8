import {
  bigint,
  customType,
  date,
  integer,
  jsonb,
  pgSchema,
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
