import { z } from "zod";
import { CountryCode, Operation } from "#lib/launch/schema.ts";
import { EXPERIMENT_METRICS } from "./vocabulary.ts";

const cap = z.coerce
  .number("A number")
  .int("A whole number")
  .min(0, "0 or more")
  .max(100_000_000, "At most 100,000,000");

/** What somebody asks to be tried. */
export const ExperimentInput = z
  .object({
    country: CountryCode,
    operation: Operation,
    cap_a: cap,
    cap_b: cap,
    starts_on: z.iso.date("A date"),
    days: z.coerce
      .number("A number")
      .int("A whole number")
      .min(2, "2 or more")
      .max(120, "At most 120")
      .multipleOf(2, "An even number: days come in pairs"),
    seed: z.string("Write something").trim().min(8, "At least 8 characters").max(64, "At most 64 characters"),
    metric: z.enum(EXPERIMENT_METRICS),
  })
  .refine((input) => input.cap_a !== input.cap_b, {
    path: ["cap_b"],
    message: "The two caps are the same",
  });
export type ExperimentInput = z.infer<typeof ExperimentInput>;

export const StopInput = z.object({
  id: z.uuid(),
  reason: z.string("Say why").trim().min(1, "Say why").max(500, "At most 500 characters"),
});
