import {
  boolean,
  doublePrecision,
  integer,
  jsonb,
  pgSchema,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";

/** Read-side mirror of the market sequence's tables. The migrations define them; a test keeps the two equal. */
const launch = pgSchema("launch");
const instant = () => timestamp({ withTimezone: true, mode: "string" });

export const sequences = launch.table("sequences", {
  workspace_id: uuid().notNull(),
  version: integer().notNull(),
  approval_hours: integer().notNull(),
});

export const sequenceTemplates = launch.table("sequence_templates", {
  template: text().notNull(),
  position: integer().notNull(),
  country: text().notNull(),
  population_millions: doublePrecision().notNull(),
});

export const sequenceSteps = launch.table("sequence_steps", {
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  position: integer().notNull(),
  mode: text().notNull(),
  opens_as: text().notNull(),
  needs_checklist: boolean().notNull(),
  window_days: integer().array(),
  window_from: text(),
  window_to: text(),
});

export const sequenceDependencies = launch.table("sequence_dependencies", {
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  needs_country: text().notNull(),
  needs_phase: text().notNull(),
  needs_days: integer().notNull(),
  below_level: text(),
});

export const freezes = launch.table("freezes", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  country: text(),
  from_at: instant().notNull(),
  until: instant().notNull(),
  reason: text().notNull(),
  created_by: uuid(),
  ended_at: instant(),
});

export const proposals = launch.table("proposals", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  from_phase: text().notNull(),
  to_phase: text().notNull(),
  policy_version: integer().notNull(),
  gate: jsonb().notNull(),
  reason: text(),
  state: text().notNull(),
  proposed_by: uuid(),
  proposed_at: instant().notNull(),
  expires_at: instant().notNull(),
  answered_by: uuid(),
  answered_at: instant(),
  answer: text(),
});

export const checklistItems = launch.table("checklist_items", {
  id: uuid().notNull(),
  workspace_id: uuid().notNull(),
  position: integer().notNull(),
  title: text().notNull(),
});

export const checklistTicks = launch.table("checklist_ticks", {
  workspace_id: uuid().notNull(),
  country: text().notNull(),
  item_id: uuid().notNull(),
  ticked_by: uuid(),
  ticked_at: instant().notNull(),
});
