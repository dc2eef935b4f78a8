import { z } from "zod";
import { CountryCode } from "#lib/launch/schema.ts";
import { ScorecardInput } from "#lib/regions/schema.ts";

const cap = z.number().int().min(0).max(100_000_000);

const CountryProposal = z.strictObject({
  phase: z.enum(["pause", "open"]).optional(),
  user_units: cap.optional(),
  payment_units: cap.optional(),
  creator_units: cap.optional(),
  /** −1 takes the amount cap away. */
  amount_minor: z.number().int().min(-1).optional(),
  amount_currency: z.string().optional(),
});
export type CountryProposal = z.infer<typeof CountryProposal>;

/** A policy to try; what it leaves out stays as it was at the time. */
export const Proposal = z.strictObject({
  countries: z.partialRecord(CountryCode, CountryProposal).optional(),
  limits: z
    .array(
      z.strictObject({
        name: z.string(),
        value: z.number().positive(),
        kind: z.enum(["static", "adaptive"]),
      }),
    )
    .optional(),
  scorecard: ScorecardInput.optional(),
  threats: z
    .array(
      z.strictObject({
        rule: z.string(),
        threshold: z.number().int(),
        window_minutes: z.number().int(),
        share: z.number().optional(),
        counts_per: z.string().optional(),
      }),
    )
    .optional(),
});
export type Proposal = z.infer<typeof Proposal>;

/** What somebody asks to be tried, over so many local days. */
export const DryRunInput = z.object({
  proposal: Proposal,
  days: z.coerce.number("A number").int("A whole number").min(1, "1 or more").max(30, "At most 30"),
});
export type DryRunInput = z.infer<typeof DryRunInput>;

export const DryRunId = z.object({ id: z.uuid() });
