import fc from "fast-check";
import { OPERATIONS } from "#lib/launch/vocabulary.ts";

/** How long a play may wait, in seconds. */
export const SECONDS = {
  second: 1,
  lease: 61,
  hour: 3600,
  "half a day": 43_200,
  "two days and an hour": 176_400,
};

const country = fc.constantFrom("PL", "CZ", "SK", "DE");
const opened = fc.constantFrom("PL", "CZ");
const operation = fc.constantFrom(...OPERATIONS);
const asked = fc.record(
  {
    country,
    operation,
    units: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 1, max: 4 }) },
      { weight: 1, arbitrary: fc.constant(1_000_000) },
    ),
    amount: fc.record({
      minor: fc.integer({ min: 0, max: 500 }),
      currency: fc.constantFrom("EUR" as const, "USD" as const),
    }),
    hold_seconds: fc.constantFrom(60, 3600),
    key: fc.constantFrom("a", "b", "c", "d"),
  },
  { requiredKeys: ["country", "operation", "units"] },
);
/** Something that may happen next in a workspace. */
export const step = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      type: fc.constant("check" as const),
      second: fc.boolean(),
      questions: fc.array(asked, { minLength: 1, maxLength: 6 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("settle" as const),
      nth: fc.nat(20),
      action: fc.constantFrom("commit" as const, "release" as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("wait" as const),
      how: fc.constantFrom(...(Object.keys(SECONDS) as (keyof typeof SECONDS)[])),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("move" as const), country: opened }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("caps" as const),
      country: opened,
      operation,
      units: fc.nat(12),
      amount: fc.option(fc.nat(900)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("correct" as const),
      country: opened,
      operation,
      change: fc.option(fc.integer({ min: -5, max: 5 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("expire" as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("close days" as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("throttle" as const), level: fc.nat(3) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("flag" as const),
      flag: fc.constantFrom("launch.enabled" as const, "launch.countryCaps" as const),
      on: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("unlisted" as const), allowed: fc.boolean() }) },
);
export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
export type StepOf<T extends Step["type"]> = Extract<Step, { type: T }>;
