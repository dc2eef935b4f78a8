import { bigint, boolean, integer, jsonb, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Read-side mirror of campaigns. The migrations define them; a test keeps the two equal. */
const launch = pgSchema("launch");

export const campaigns = launch.table("campaigns", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  name: text().notNull(),
  slug: text().notNull(),
  influencer: text(),
  followers: integer(),
  country: text().notNull(),
  starts_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  ends_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  status: text().notNull(),
  traffic_forecast: integer().notNull(),
  expected_installs: integer().notNull(),
  creator_inflow: integer().notNull(),
  cost_minor: bigint({ mode: "number" }),
  cost_currency: text(),
  shape: text().notNull(),
  benchmarks: jsonb().notNull(),
  sub_quota: integer(),
  template: boolean().notNull(),
  install_window_days: integer().notNull(),
  later_window_days: integer().notNull(),
  version: integer().notNull(),
  created_by: uuid(),
  created_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
});

export const campaignTasks = launch.table("campaign_tasks", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  campaign_id: uuid().notNull(),
  title: text().notNull(),
  due_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  owner_id: uuid(),
  done_at: timestamp({ withTimezone: true, mode: "string" }),
  done_by: uuid(),
});
