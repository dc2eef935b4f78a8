import {
  bigint,
  boolean,
  customType,
  date,
  integer,
  jsonb,
  pgSchema,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";

/** Read-side mirror of tracked links, clicks and attribution. The migrations define them; a test keeps the two equal. */
const launch = pgSchema("launch");

const bytea = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

export const campaignLinks = launch.table("campaign_links", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  campaign_id: uuid().notNull(),
  slug: text().notNull(),
  label: text().notNull(),
  destination: text().notNull(),
  waiting_url: text(),
  active: boolean().notNull(),
  version: integer().notNull(),
  created_by: uuid(),
  created_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
});

export const clicks = launch.table("clicks", {
  workspace_id: uuid().notNull(),
  id: uuid().notNull(),
  at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  campaign_id: uuid().notNull(),
  link_id: uuid(),
  country: text(),
  bot: text(),
  door: text().notNull(),
  source: text().notNull(),
  kept_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
});

export const linkSlots = launch.table("link_slots", {
  id: bigint({ mode: "number" }).notNull(),
  workspace_id: uuid().notNull(),
  campaign_id: uuid().notNull(),
  link_id: uuid(),
  slot_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  counts: text().notNull(),
  clicks: integer().notNull(),
  visitors: integer().notNull(),
  waiting: integer().notNull(),
  bots: integer().notNull(),
  installs: integer().notNull(),
  registrations: integer().notNull(),
  creators: integer().notNull(),
  purchases: integer().notNull(),
  chargebacks: integer().notNull(),
});

export const attributions = launch.table("attributions", {
  workspace_id: uuid().notNull(),
  occurred_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  source: text().notNull(),
  event_id: text().notNull(),
  step: text().notNull(),
  campaign_id: uuid().notNull(),
  link_id: uuid(),
  click_id: uuid(),
  touched_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  counted_key: bytea(),
  country: text(),
  amount_minor: bigint({ mode: "number" }),
  currency: text(),
  reported_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  payer: bytea(),
  charged_back_minor: bigint({ mode: "number" }).notNull(),
});

export const linkRevenues = launch.table("link_revenues", {
  id: bigint({ mode: "number" }).notNull(),
  workspace_id: uuid().notNull(),
  campaign_id: uuid().notNull(),
  link_id: uuid(),
  slot_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  currency: text().notNull(),
  amount_minor: bigint({ mode: "number" }).notNull(),
  charged_back_minor: bigint({ mode: "number" }).notNull(),
});

const sums = {
  clicks: integer(),
  visitors: integer(),
  waiting: integer(),
  bots: integer(),
  installs: integer(),
  registrations: integer(),
  creators: integer(),
  purchases: integer(),
  chargebacks: integer(),
};

export const campaignActuals = launch
  .view("campaign_actuals", {
    workspace_id: uuid(),
    campaign_id: uuid(),
    ...sums,
    revenues: jsonb(),
    charged_back: jsonb(),
  })
  .existing();

export const campaignDays = launch
  .view("campaign_days", { workspace_id: uuid(), campaign_id: uuid(), day_on: date(), ...sums })
  .existing();
