import { z } from "zod";
import { COMPARISONS, RISK_METRICS } from "./vocabulary.ts";

/** One rule of a scorecard. */
export const Rule = z.object({
  metric: z.enum(RISK_METRICS),
  comparison: z.enum(COMPARISONS),
  threshold: z.coerce.number("A number").min(0, "0 or more").max(1e12),
  points: z.coerce.number("A number").int("A whole number").min(0, "0 or more").max(99, "At most 99"),
  trip: z.boolean(),
});
export type Rule = z.infer<typeof Rule>;

const level = z.coerce.number("A number").int("A whole number").min(1, "1 or more").max(100, "At most 100");

/** A scorecard that a person has edited. */
export const ScorecardInput = z
  .object({
    rules: z.array(Rule).min(1, "A scorecard has at least one rule").max(50, "At most 50 rules"),
    minimum_active_users: z.coerce
      .number("A number")
      .int("A whole number")
      .min(0, "0 or more")
      .max(100_000_000),
    medium_from: level,
    high_from: level,
    critical_from: level,
  })
  .refine((card) => card.medium_from < card.high_from && card.high_from < card.critical_from, {
    path: ["critical_from"],
    message: "Medium begins below high, and high below critical",
  });
export type ScorecardInput = z.infer<typeof ScorecardInput>;

const count = z.coerce.number("A number").int("A whole number").min(0, "0 or more").max(1_000_000_000);
const ratio = z.coerce.number("A number").gt(1, "Above 1").max(1000, "At most 1,000");

/** The settings of regions that a person may change; what is absent stays. */
export const RegionSettingsInput = z
  .object({
    reporting_currency: z.string().regex(/^[A-Z]{3}$/, "A currency's code"),
    compare_hours: z.coerce.number("A number").int("A whole number").min(1, "1 to 24").max(24, "1 to 24"),
    support_ratio: ratio,
    support_minimum: count.min(1, "1 or more"),
    surge_ratio: ratio,
    surge_minimum: count.min(1, "1 or more"),
    gate_active_users: count,
    gate_revenue: count,
    gate_safety_incidents: count,
    gate_verification_rate: z.coerce.number("A number").min(0, "0 to 1").max(1, "0 to 1"),
    gate_days: count.max(3650, "At most 3,650"),
    gate_window_hours: z.coerce
      .number("A number")
      .int("A whole number")
      .min(1, "1 to 168")
      .max(168, "1 to 168"),
    gate_sample: count,
  })
  .partial();
export type RegionSettingsInput = z.infer<typeof RegionSettingsInput>;
