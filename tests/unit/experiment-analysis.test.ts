import { describe, expect, test } from "vitest";
import { analyse, type DayResult } from "#lib/experiments/analysis.ts";
import { bootstrap, tailFor } from "#lib/experiments/bootstrap.ts";
import { calendarOf } from "#lib/experiments/calendar.ts";
import { readingOf } from "#lib/experiments/reading.ts";
import { normal, poisson, seeded } from "#tests/setup/demand.ts";

/** Days of an experiment whose truth is known: demand of days that drift, caps that bite, and a revenue that doesn't depend on them. */
async function simulate(how: {
  seed: number;
  pairs: number;
  capA: number;
  capB: number;
}): Promise<DayResult[]> {
  const draw = seeded(how.seed);
  const calendar = await calendarOf(`sim-${how.seed}`, "2026-06-01", how.pairs * 2);
  return calendar.map(({ pair, arm }, index) => {
    const demand = poisson(1500 * (1 + 0.02 * index) * Math.exp(0.1 * normal(draw)), draw);
    const cap = arm === "A" ? how.capA : how.capB;
    const granted = Math.min(demand, cap);
    return {
      pair,
      arm,
      granted,
      refused: demand - granted,
      installs: granted,
      verified: poisson(granted * 0.6, draw),
      revenue: poisson(granted * 2, draw),
      incidents: poisson(granted * 0.004, draw),
      active: granted * 3,
    };
  });
}

const about = {
  metric: "registrations",
  caps: { a: 1060, b: 1200 },
  currency: "USD",
  noun: "Users",
} as const;

describe("the result of an experiment", () => {
  test("EXP-10 finds a known truth: caps that always bite differ by just their difference, and the rest does not differ clearly", async () => {
    const days = await simulate({ seed: 1, pairs: 14, capA: 1060, capB: 1200 });
    const { comparisons, pairs, enough } = analyse(days, "sim-1");
    expect({ pairs, enough }).toEqual({ pairs: 14, enough: true });
    const [registrations, , verification] = comparisons;
    expect(registrations?.clear).toBe(true);
    expect(registrations?.interval?.difference).toBeGreaterThan(100);
    expect(registrations?.interval?.difference).toBeLessThanOrEqual(140);
    expect(registrations?.interval?.low).toBeLessThanOrEqual(140);
    expect(registrations?.interval?.high).toBeGreaterThanOrEqual(135);
    expect(verification?.clear).toBe(false);
  });

  test("EXP-11 its 95 % interval holds the truth in 92 to 98 of 100 experiments, with seven pairs as with twenty", async () => {
    for (const pairs of [7, 20]) {
      let held = 0;
      const rounds = 400;
      for (let seed = 0; seed < rounds; seed += 1) {
        const draw = seeded(seed * 31 + pairs);
        const effects = Array.from({ length: pairs }, () => 50 + 60 * normal(draw) - 60 * normal(draw));
        const mean = (drawn: readonly number[]) => drawn.reduce((sum, one) => sum + one, 0) / drawn.length;
        const interval = bootstrap(effects, mean, { seed: `c-${seed}`, resamples: 2000 });
        if (interval !== null && interval.low <= 50 && interval.high >= 50) held += 1;
      }
      expect(held / rounds, `${pairs} pairs`).toBeGreaterThan(0.92);
      expect(held / rounds, `${pairs} pairs`).toBeLessThan(0.98);
    }
    // The plain percentile interval's tail, 0.025, would be too much to cut off with few blocks.
    expect(tailFor(7)).toBeLessThan(0.01);
    expect(tailFor(100)).toBeCloseTo(0.0245, 3);
  });

  test("EXP-12 the same seed gives the same interval, another a slightly different one", async () => {
    const days = await simulate({ seed: 2, pairs: 10, capA: 1400, capB: 1700 });
    const interval = (seed: string) => analyse(days, seed).comparisons[0]?.interval;
    expect(interval("one")).toEqual(interval("one"));
    expect(interval("two")).not.toEqual(interval("one"));
    expect(interval("two")?.difference).toBe(interval("one")?.difference);
  });

  test("EXP-13 with too few pairs it says that it is inconclusive and nothing else", async () => {
    const days = await simulate({ seed: 3, pairs: 4, capA: 1060, capB: 1200 });
    const analysis = analyse(days, "few");
    expect(analysis.comparisons.some((one) => one.clear)).toBe(false);
    expect(readingOf(analysis, about)).toEqual([
      "Inconclusive: 4 pairs of days count so far, 5 are needed. One is missing.",
    ]);
  });

  test("EXP-14 it reads in plain words, what was asked first, with the interval beside it", async () => {
    const days = (await simulate({ seed: 4, pairs: 14, capA: 1060, capB: 1200 })).map((day) => ({
      ...day,
      refused: Math.max(1500 - day.granted, 0),
    }));
    const [first, ...rest] = readingOf(analyse(days, "words"), about);
    expect(first).toMatch(
      /^Cap 1,200 let in about 1[34]\d more a day than cap 1,060 \(95 % interval 1[234]\d to 1[34]\d\)\.$/,
    );
    expect(rest).toContainEqual(
      expect.stringMatching(/^The verification rate did not differ clearly \(95 % interval /),
    );
    expect(rest).toHaveLength(4);
    const down = readingOf(analyse(days, "words"), { ...about, metric: "refusals" });
    expect(down[0]).toMatch(
      /^Cap 1,200 refused about 1\d\d fewer a day than cap 1,060 \(95 % interval 1\d\d to 1\d\d\)\.$/,
    );
  });

  test("EXP-15 a metric of nothing can't be compared and says so", async () => {
    const days = (await simulate({ seed: 5, pairs: 6, capA: 1060, capB: 1200 })).map((day) => ({
      ...day,
      installs: 0,
    }));
    const analysis = analyse(days, "none");
    expect(analysis.comparisons.find((one) => one.metric === "verification_rate")?.interval).toBeNull();
    expect(readingOf(analysis, about)).toContain(
      "The verification rate can't be compared: too little was reported.",
    );
  });
});
