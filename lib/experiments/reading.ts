import { type Analysis, type Comparison, PAIRS_NEEDED } from "./analysis.ts";
import type { ExperimentMetric } from "./vocabulary.ts";

/** A number with a true minus and at most so many decimal places. */
function numberText(value: number, digits: number): string {
  const text = new Intl.NumberFormat("en", { maximumFractionDigits: digits }).format(Math.abs(value));
  return value < 0 && text !== "0" ? `−${text}` : text;
}

type Words = {
  name: (noun: string) => string;
  subject: (noun: string) => string;
  /** What cap B did, with the size of the difference in it. */
  more: (size: string) => string;
  less: (size: string) => string;
  times: number;
  digits: number;
  /** Follows a value, and a difference of values. */
  unit: (currency: string) => string;
  difference?: string;
};

const WORDS: Record<ExperimentMetric, Words> = {
  registrations: {
    name: (noun) => `${noun} let in a day`,
    subject: (noun) => `${noun} let in`,
    more: (size) => `let in about ${size} more a day`,
    less: (size) => `let in about ${size} fewer a day`,
    times: 1,
    digits: 0,
    unit: () => "",
  },
  refusals: {
    name: () => "Refused a day",
    subject: () => "Refusals",
    more: (size) => `refused about ${size} more a day`,
    less: (size) => `refused about ${size} fewer a day`,
    times: 1,
    digits: 0,
    unit: () => "",
  },
  revenue_per_registration: {
    name: () => "Revenue for each let in",
    subject: () => "Revenue for each of those let in",
    more: (size) => `brought about ${size} more for each of those let in`,
    less: (size) => `brought about ${size} less for each of those let in`,
    times: 1,
    digits: 2,
    unit: (currency) => ` ${currency}`,
  },
  verification_rate: {
    name: () => "Verification rate",
    subject: () => "The verification rate",
    more: (size) => `had a verification rate about ${size} higher`,
    less: (size) => `had a verification rate about ${size} lower`,
    times: 100,
    digits: 1,
    unit: () => " %",
    difference: " points",
  },
  safety_per_1000: {
    name: () => "Safety incidents per 1,000 active users",
    subject: () => "Safety incidents",
    more: (size) => `had about ${size} more safety incidents per 1,000 active users`,
    less: (size) => `had about ${size} fewer safety incidents per 1,000 active users`,
    times: 1,
    digits: 2,
    unit: () => "",
  },
};

/** How a metric is named in tables; `noun` is what the cap counts ("Users"). */
export function metricName(metric: ExperimentMetric, noun: string): string {
  return WORDS[metric].name(noun);
}

/** A metric's value as tables show it; null is a dash. */
export function metricText(metric: ExperimentMetric, value: number | null, currency: string): string {
  if (value === null) return "–";
  const { times, digits, unit } = WORDS[metric];
  return numberText(value * times, digits) + unit(currency);
}

function differenceUnit(metric: ExperimentMetric, currency: string): string {
  return WORDS[metric].difference ?? WORDS[metric].unit(currency);
}

function intervalWords(metric: ExperimentMetric, low: number, high: number, currency: string): string {
  const { times, digits } = WORDS[metric];
  return `${numberText(low * times, digits)} to ${numberText(high * times, digits)}${differenceUnit(metric, currency)}`;
}

/** A difference and its interval as tables show them: "140 (90 to 190)". */
export function differenceText({ metric, interval }: Comparison, currency: string): string {
  if (interval === null) return "–";
  const { times, digits } = WORDS[metric];
  const words = intervalWords(metric, interval.low, interval.high, currency);
  return `${numberText(interval.difference * times, digits)} (${words})`;
}

type About = {
  metric: ExperimentMetric;
  caps: { a: number; b: number };
  currency: string;
  noun: string;
};

function sentence({ metric, interval, clear }: Comparison, { caps, currency, noun }: About): string {
  const { subject, more, less, times, digits } = WORDS[metric];
  if (interval === null) return `${subject(noun)} can't be compared: too little was reported.`;
  const { difference, low, high } = interval;
  if (low === 0 && high === 0) return `${subject(noun)} did not differ.`;
  if (!clear) {
    return `${subject(noun)} did not differ clearly (95 % interval ${intervalWords(metric, low, high, currency)}).`;
  }
  const [from, to] = difference > 0 ? [low, high] : [-high, -low];
  const size = numberText(Math.abs(difference) * times, digits) + differenceUnit(metric, currency);
  const did = (difference > 0 ? more : less)(size);
  return `Cap ${numberText(caps.b, 0)} ${did} than cap ${numberText(caps.a, 0)} (95 % interval ${intervalWords(metric, from, to, currency)}).`;
}

/**
 * The result in plain words: what the experiment was made to find out first, then the rest. With too few pairs of days it says so and
 * nothing else.
 */
export function readingOf(analysis: Analysis, about: About): string[] {
  if (!analysis.enough) {
    const { pairs } = analysis;
    const missing = PAIRS_NEEDED - pairs;
    const count = pairs === 1 ? "1 pair of days counts" : `${pairs} pairs of days count`;
    return [
      `Inconclusive: ${count} so far, ${PAIRS_NEEDED} are needed. ${missing === 1 ? "One is" : `${missing} are`} missing.`,
    ];
  }
  const first = analysis.comparisons.filter((one) => one.metric === about.metric);
  const rest = analysis.comparisons.filter((one) => one.metric !== about.metric);
  return [...first, ...rest].map((one) => sentence(one, about));
}
