import { z } from "zod";
import { OPERATIONS } from "#lib/launch/vocabulary.ts";
import { Proposal } from "./schema.ts";
import { DRY_RUN_STATUSES } from "./vocabulary.ts";

/** Dry runs as functions and routes answer them. Times are RFC 3339. */

const Reached = z.string().nullable();

/** A country, operation and local day as it was and as it would have been. Numbers are units; hours count from the day's start. */
const DryRunDay = z
  .object({
    country: z.string(),
    operation: z.enum(OPERATIONS),
    day: z.string(),
    starts_at: z.string(),
    checks: z.int().meta({ description: "Recorded checks that were decided again" }),
    differences: z.int().meta({ description: "Checks that would have been decided otherwise" }),
    adjusted: z.int().meta({ description: "Checks before which the counter had to be set to what it was" }),
    gained: z.int().meta({ description: "Units refused that would have been admitted" }),
    lost: z.int().meta({ description: "Units admitted that would have been refused" }),
    sooner: z.int().meta({
      description: "Units of `gained` that waited for a ticket and were let in later: taken out again here",
    }),
    was_reached_at: Reached.meta({ description: "When the cap was reached" }),
    would_reach_at: Reached.meta({ description: "When it would have been" }),
    was_spent_at: Reached.meta({ description: "When the amount cap was reached" }),
    would_spend_at: Reached.meta({ description: "When it would have been" }),
    was_alerts: z.int().meta({ description: "Alerts for capacity" }),
    would_alerts: z.int(),
    was: z.array(z.int()).meta({ description: "Units admitted in each hour of the day" }),
    would: z.array(z.int()).meta({ description: "Units that would have been" }),
  })
  .meta({ id: "DryRunDay" });
export type DryRunDay = z.infer<typeof DryRunDay>;

const Load = z.object({
  minutes: z.int().meta({ description: "Minutes that were measured" }),
  was: z.array(z.int()).meta({ description: "Minutes at levels 1 to 3" }),
  would: z.array(z.int()),
  alerts: z
    .array(z.object({ name: z.string(), was: z.int(), would: z.int() }))
    .meta({ description: "How often each tried limit raised an alert, and would have" }),
});

const Risk = z.object({
  was_alerts: z.int(),
  would_alerts: z.int(),
  pauses: z
    .array(z.object({ country: z.string(), at: z.string(), score: z.number() }))
    .meta({ description: "Pauses that would have happened" }),
  was_paused: z.array(z.object({ country: z.string(), at: z.string() })),
  levels: z
    .array(z.object({ country: z.string(), level: z.string(), was: z.int(), would: z.int() }))
    .meta({ description: "Hours at each level" }),
});

const Threat = z.object({
  rule: z.string(),
  was: z.int(),
  was_entities: z.int(),
  would: z.int(),
  would_entities: z.int(),
});

/** What a proposal would have changed besides admissions; absent where it proposes nothing of the kind. */
const DryRunFacts = z
  .object({
    load: Load.optional(),
    risk: Risk.optional(),
    threats: z.array(Threat).optional().meta({ description: "Findings of each tried rule, and of what" }),
  })
  .meta({ id: "DryRunFacts" });
export type DryRunFacts = z.infer<typeof DryRunFacts>;

/** A dry run without what it found. */
export const DryRunHead = z
  .object({
    id: z.uuid(),
    proposal: Proposal,
    countries: z.array(z.string()),
    days: z.int(),
    status: z.enum(DRY_RUN_STATUSES).meta({ description: "The last three are ends" }),
    place: z.int().meta({ description: "Steps made, of `places`" }),
    places: z.int(),
    by: z.string().meta({ description: "Who asked: an e-mail address or a key's name" }),
    created_at: z.string(),
    problem: z.string().nullable().meta({ description: "Why it failed" }),
  })
  .meta({ id: "DryRunHead" });
export type DryRunHead = z.infer<typeof DryRunHead>;

/** A dry run with what it has found so far. */
export const DryRun = DryRunHead.extend({ facts: DryRunFacts, results: z.array(DryRunDay) }).meta({
  id: "DryRun",
});
export type DryRun = z.infer<typeof DryRun>;
