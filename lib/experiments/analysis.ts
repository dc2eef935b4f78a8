import { bootstrap, type Interval } from "./bootstrap.ts";
import { type Arm, EXPERIMENT_METRICS, type ExperimentMetric } from "./vocabulary.ts";

/** What a local day came to. Revenue in whole units of the reporting currency. */
export type DayResult = {
  pair: number;
  arm: Arm;
  granted: number;
  refused: number;
  installs: number;
  verified: number;
  revenue: number;
  incidents: number;
  active: number;
};

/** B less A of one metric. `interval` null: it can't be known. `clear` when the whole interval is on one side of 0. */
export type Comparison = {
  metric: ExperimentMetric;
  a: number | null;
  b: number | null;
  interval: Interval | null;
  clear: boolean;
};

export type Analysis = {
  /** Pairs of which both days count. */
  pairs: number;
  /** Fewer pairs than `PAIRS_NEEDED`: whatever the numbers say, it is too early. */
  enough: boolean;
  comparisons: Comparison[];
};

/** With fewer pairs of days chance can't be told from effect. */
export const PAIRS_NEEDED = 5;
export const RESAMPLES = 4000;

const RATIOS: Record<
  ExperimentMetric,
  { of: (day: DayResult) => number; per: (day: DayResult) => number; times: number }
> = {
  registrations: { of: (day) => day.granted, per: () => 1, times: 1 },
  revenue_per_registration: { of: (day) => day.revenue, per: (day) => day.granted, times: 1 },
  verification_rate: { of: (day) => day.verified, per: (day) => day.installs, times: 1 },
  safety_per_1000: { of: (day) => day.incidents, per: (day) => day.active, times: 1000 },
  refusals: { of: (day) => day.refused, per: () => 1, times: 1 },
};

type Pair = Record<Arm, DayResult>;

function pairsOf(days: readonly DayResult[]): Pair[] {
  return [...Map.groupBy(days, (day) => day.pair).values()].flatMap((both) => {
    const a = both.find((day) => day.arm === "A");
    const b = both.find((day) => day.arm === "B");
    return a === undefined || b === undefined ? [] : [{ A: a, B: b }];
  });
}

/** The metric over all days of one cap: a sum over a sum, so that quiet days don't weigh as much as busy ones. */
function armValue(pairs: readonly Pair[], arm: Arm, metric: ExperimentMetric): number | null {
  const { of, per, times } = RATIOS[metric];
  let above = 0;
  let below = 0;
  for (const pair of pairs) {
    above += of(pair[arm]);
    below += per(pair[arm]);
  }
  return below === 0 ? null : (above / below) * times;
}

function differenceOf(pairs: readonly Pair[], metric: ExperimentMetric): number | null {
  const a = armValue(pairs, "A", metric);
  const b = armValue(pairs, "B", metric);
  return a === null || b === null ? null : b - a;
}

/**
 * Compares the days of cap B with those of cap A, pair by pair: each metric's difference with a 95 % bootstrap interval over pairs of days.
 * Only days that count are to be given. The seed is the experiment's, so that anyone gets the same interval.
 */
export function analyse(days: readonly DayResult[], seed: string): Analysis {
  const pairs = pairsOf(days);
  const enough = pairs.length >= PAIRS_NEEDED;
  const comparisons = EXPERIMENT_METRICS.map((metric): Comparison => {
    const interval = bootstrap(pairs, (drawn) => differenceOf(drawn, metric), {
      seed: `${seed}:${metric}`,
      resamples: RESAMPLES,
    });
    return {
      metric,
      a: armValue(pairs, "A", metric),
      b: armValue(pairs, "B", metric),
      interval,
      clear: enough && interval !== null && (interval.low > 0 || interval.high < 0),
    };
  });
  return { pairs: pairs.length, enough, comparisons };
}
