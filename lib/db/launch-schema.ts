import {
  bigint,
  boolean,
  date,
  inet,
  integer,
  pgSchema,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";

/** Read-side mirror of the tables and views of schema launch that pages read. The migrations define them; a test keeps the two equal. */
const launch = pgSchema("launch");

export const isoCountries = launch.table("iso_countries", {
  code: text().notNull(),
  name: text().notNull(),
  time_zone: text().notNull(),
  population: bigint({ mode: "number" }),
});

export const countries = launch.table("countries", {
  workspace_id: uuid().notNull(),
  code: text().notNull(),
  phase: text().notNull(),
  phase_before_pause: text(),
  phase_since: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  pause_reason: text(),
  time_zone: text().notNull(),
  policy_version: integer().notNull(),
  activated_at: timestamp({ withTimezone: true, mode: "string" }),
  listed_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
});

export const caps = launch.table("caps", {
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  operation: text().notNull(),
  units: integer().notNull(),
  amount_minor: bigint({ mode: "number" }),
  amount_currency: text(),
});

export const counters = launch.table("counters", {
  id: bigint({ mode: "number" }).notNull(),
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  operation: text().notNull(),
  day_on: date().notNull(),
  day_starts_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  day_ends_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  used: integer().notNull(),
  held: integer().notNull(),
  kept: integer().notNull(),
  corrected: integer().notNull(),
  amount_used: bigint({ mode: "number" }).notNull(),
  amount_currency: text(),
  slot_at: timestamp({ withTimezone: true, mode: "string" }),
  slot_granted: integer().notNull(),
  slot_refused: integer().notNull(),
});

export const campaignQuotas = launch.table("campaign_quotas", {
  campaign_id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  counter_id: bigint({ mode: "number" }).notNull(),
  slug: text().notNull(),
  units: integer().notNull(),
  used: integer().notNull(),
  day_on: date().notNull(),
});

export const counterDays = launch.table("counter_days", {
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  operation: text().notNull(),
  day_on: date().notNull(),
  day_starts_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  day_ends_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  used: integer().notNull(),
  held: integer().notNull(),
  corrected: integer().notNull(),
  amount_used: bigint({ mode: "number" }).notNull(),
  amount_currency: text(),
  cap: integer(),
});

export const policyVersions = launch.table("policy_versions", {
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  version: integer().notNull(),
  action: text().notNull(),
  phase: text().notNull(),
  time_zone: text().notNull(),
  user_units: integer().notNull(),
  payment_units: integer().notNull(),
  creator_units: integer().notNull(),
  payment_amount_minor: bigint({ mode: "number" }),
  payment_amount_currency: text(),
  reason: text(),
  changed_by: text().notNull(),
  changed_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
});

export const receipts = launch.table("receipts", {
  id: uuid().notNull(),
  decided_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  workspace_id: uuid().notNull(),
  api_key_id: uuid().notNull(),
  idempotency_key: text().notNull(),
  country: text().notNull(),
  operation: text().notNull(),
  units: integer().notNull(),
  subject: text(),
  device: text(),
  ip: inet(),
  amount_minor: bigint({ mode: "number" }),
  amount_currency: text(),
  allowed: boolean().notNull(),
  reason: text().notNull(),
  shadow: text(),
  cap: integer(),
  remaining: integer(),
  day_on: date(),
  resets_at: timestamp({ withTimezone: true, mode: "string" }),
  retry_at: timestamp({ withTimezone: true, mode: "string" }),
  hold_expires_at: timestamp({ withTimezone: true, mode: "string" }),
  policy_version: integer(),
  throttle_level: smallint().notNull(),
  campaign: text(),
  kept: integer(),
});

export const reservations = launch.table("reservations", {
  receipt_id: uuid().notNull(),
  decided_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  workspace_id: uuid().notNull(),
  counter_id: bigint({ mode: "number" }).notNull(),
  country: text().notNull(),
  operation: text().notNull(),
  day_on: date().notNull(),
  units: integer().notNull(),
  amount_minor: bigint({ mode: "number" }).notNull(),
  campaign_id: uuid(),
  campaign_units: integer(),
  expires_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  state: text().notNull(),
  settled_at: timestamp({ withTimezone: true, mode: "string" }),
});

export const keptSlots = launch.table("kept_slots", {
  counter_id: bigint({ mode: "number" }).notNull(),
  slot_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  operation: text().notNull(),
  day_on: date().notNull(),
  granted: integer().notNull(),
  refused: integer().notNull(),
  returned: integer().notNull(),
});

/** The kept slots and those under way. */
export const usageSlots = launch
  .view("usage_slots", {
    counter_id: bigint({ mode: "number" }).notNull(),
    slot_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
    workspace_id: uuid().notNull(),
    country: text().notNull(),
    operation: text().notNull(),
    day_on: date().notNull(),
    granted: integer().notNull(),
    refused: integer().notNull(),
    returned: integer().notNull(),
  })
  .existing();

export const throttles = launch.table("throttles", {
  workspace_id: uuid().notNull(),
  level: smallint().notNull(),
  level_since: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  forced_level: smallint(),
  forced_until: timestamp({ withTimezone: true, mode: "string" }),
  forced_by: uuid(),
  forced_reason: text(),
});

export const throttlePolicies = launch.table("throttle_policies", {
  workspace_id: uuid().notNull(),
  operation: text().notNull(),
  yields_from: smallint().notNull(),
});

export const capacity = launch
  .view("capacity", {
    workspace_id: uuid().notNull(),
    country: text().notNull(),
    operation: text().notNull(),
    phase: text().notNull(),
    phase_before_pause: text(),
    pause_reason: text(),
    phase_since: timestamp({ withTimezone: true, mode: "string" }).notNull(),
    time_zone: text().notNull(),
    policy_version: integer().notNull(),
    activated_at: timestamp({ withTimezone: true, mode: "string" }),
    listed_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
    cap: integer().notNull(),
    amount_cap_minor: bigint({ mode: "number" }),
    amount_currency: text(),
    used: integer().notNull(),
    held: integer().notNull(),
    kept: integer().notNull(),
    corrected: integer().notNull(),
    amount_used_minor: bigint({ mode: "number" }).notNull(),
    day_on: date().notNull(),
    day_starts_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
    resets_at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
    counter_id: bigint({ mode: "number" }).notNull(),
  })
  .existing();
