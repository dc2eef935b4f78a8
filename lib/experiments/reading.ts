import type { Analysis, Comparison } from "./analysis.ts";
import { PAIRS_NEEDED } from "./analysis.ts";
import type { ExperimentMetric } from "./vocabulary.ts";

const COUNT = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const FINE = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const SHARE = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

type Words = {
  subject: string;
  /** What cap B did, with the size of the difference in it. */
  more: (size: string) => string;
  less: (size: string) => string;
  number: (value: number) => string;
};

function wordsOf(metric: ExperimentMetric, currency: string, noun: string): Words {
  const table: Record<ExperimentMetric, Words> = {
    registrations: {
      subject: `${noun} let in`,
      more: (size) => `let in about ${size} more a day`,
      less: (size) => `let in about ${size} fewer a day`,
      number: (value) => COUNT.format(value),
    },
    refusals: {
      subject: "Refusals",
      more: (size) => `refused about ${size} more a day`,
      less: (size) => `refused about ${size} fewer a day`,
      number: (value) => COUNT.format(value),
    },
    revenue_per_registration: {
      subject: "Revenue for each of those let in",
      more: (size) => `brought about ${size} more for each of those let in`,
      less: (size) => `brought about ${size} less for each of those let in`,
      number: (value) => `${FINE.format(value)} ${currency}`,
    },
    verification_rate: {
      subject: "The verification rate",
      more: (size) => `had a verification rate about ${size} points higher`,
      less: (size) => `had a verification rate about ${size} points lower`,
      number: (value) => SHARE.format(value * 100),
    },
    safety_per_1000: {
      subject: "Safety incidents",
      more: (size) => `had about ${size} more safety incidents per 1,000 active users`,
      less: (size) => `had about ${size} fewer safety incidents per 1,000 active users`,
      number: (value) => FINE.format(value),
    },
  };
  return table[metric];
}

function sentence(one: Comparison, caps: { a: number; b: number }, currency: string, noun: string): string {
  const { subject, more, less, number } = wordsOf(one.metric, currency, noun);
  if (one.interval === null) return `${subject} can't be compared: too little was reported.`;
  const { difference, low, high } = one.interval;
  if (!one.clear)
    return `${subject} did not differ clearly (95 % interval ${number(low)} to ${number(high)}).`;
  const [from, to] = difference > 0 ? [low, high] : [-high, -low];
  const did = (difference > 0 ? more : less)(number(Math.abs(difference)));
  return `Cap ${COUNT.format(caps.b)} ${did} than cap ${COUNT.format(caps.a)} (95 % interval ${number(from)} to ${number(to)}).`;
}

/**
 * The result in plain words: what the experiment was made to find out first, then the rest. `noun` is what the cap counts ("Users").
 * With too few pairs of days it says so and nothing else.
 */
export function readingOf(
  analysis: Analysis,
  about: { metric: ExperimentMetric; caps: { a: number; b: number }; currency: string; noun: string },
): string[] {
  if (!analysis.enough) {
    const missing = PAIRS_NEEDED - analysis.pairs;
    return [
      `Inconclusive: ${analysis.pairs === 1 ? "1 pair" : `${analysis.pairs} pairs`} of days ${analysis.pairs === 1 ? "counts" : "count"} so far, ${PAIRS_NEEDED} are needed. ${missing === 1 ? "One is" : `${missing} are`} missing.`,
    ];
  }
  const first = analysis.comparisons.filter((one) => one.metric === about.metric);
  const rest = analysis.comparisons.filter((one) => one.metric !== about.metric);
  return [...first, ...rest].map((one) => sentence(one, about.caps, about.currency, about.noun));
}
