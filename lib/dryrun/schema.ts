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
  amount_currency: z.string().length(3).optional(),
});
export type CountryProposal = z.infer<typeof CountryProposal>;

/** A policy to try; what it leaves out stays as it was at the time. */
export const Proposal = z.strictObject({
  countries: z.partialRecord(CountryCode, CountryProposal).optional(),
  limits: z
    .array(
      z.strictObject({
        name: z.string().max(200),
        value: z.number().positive(),
        kind: z.enum(["static", "adaptive"]),
      }),
    )
    .max(100)
    .optional(),
  scorecard: ScorecardInput.optional(),
  threats: z
    .array(
      z.strictObject({
        rule: z.string().max(100),
        threshold: z.number().int(),
        window_minutes: z.number().int(),
        share: z.number().optional(),
        counts_per: z.string().max(100).optional(),
      }),
    )
    .max(20)
    .optional(),
});
export type Proposal = z.infer<typeof Proposal>;

/** What somebody asks to be tried, over so many local days. */
export const DryRunInput = z.object({
  proposal: Proposal,
  days: z.coerce.number("A number").int("A whole number").min(1, "1 or more").max(30, "At most 30"),
});
export type DryRunInput = z.infer<typeof DryRunInput>;

/** The same over the API: a number is a number, and nothing besides is taken. */
export const DryRunRequest = z.strictObject({ proposal: Proposal, days: z.int().min(1).max(30) });

export const DryRunId = z.object({ id: z.uuid() });
