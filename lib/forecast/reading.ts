import type { CapTime, Coverage, Forecast } from "./schema.ts";

const COUNT = new Intl.NumberFormat("en");
const PERCENT = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 });
/** P90 held as it should between these shares of forecasts. */
const RIGHT = { from: 0.85, to: 0.95 };

function clock(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).format(Date.parse(at));
}

/** When a day's cap will be reached, as a sentence with local times. */
export function capSentence({ cap, used, known, p50_at, p90_at }: CapTime, timeZone: string): string {
  const named = `The cap of ${COUNT.format(cap)}`;
  if (used >= cap) return `${named} is reached.`;
  if (!known) return `${named}: not enough history to say when it is reached.`;
  if (p50_at === null && p90_at === null) return `${named} is not expected to be reached.`;
  const high = p90_at === null ? "" : clock(p90_at, timeZone);
  if (p50_at === null) return `${named} is not expected to be reached; at ${high} if demand is high.`;
  return `${named} will be reached at ${clock(p50_at, timeZone)}${high === "" ? "" : `, at ${high} if demand is high`}.`;
}

/** What a forecast stands on, as a sentence. */
export function basisSentence({ issued_at, basis, levelled }: Forecast): string {
  if (issued_at === null) return "No forecast has been issued yet. The next one comes within the hour.";
  if (basis === "none") return "Not enough history: a forecast needs a full day of cap checks.";
  const level = levelled ? ", moved to the level of the last week" : "";
  return basis === "hour_of_week"
    ? `From the same hours of the last four weeks${level}.`
    : "From the same hours of the last days: there is no full week of history yet.";
}

/** How often forecasts held over the longest span that is measured, as a sentence that says so when none is. */
export function coverageSentence(coverage: readonly Coverage[]): string {
  const longest = coverage.toSorted((a, b) => b.days - a.days)[0];
  if (longest === undefined) {
    return "How often forecasts hold is not measured yet: it is once an hour that was forecast is over.";
  }
  const { days, hours, forecasts, within_p50, within_p90 } = longest;
  return `Over ${days} days (${COUNT.format(hours)} hours, ${COUNT.format(forecasts)} forecasts), demand stayed below P90 in ${PERCENT.format(within_p90)} and below P50 in ${PERCENT.format(within_p50)}.`;
}

/** Whether P90 can be relied on: it held about as often as it should, too seldom, too often, or that isn't known. */
export function coverageVerdict(coverage: readonly Coverage[]): "right" | "low" | "high" | "unknown" {
  const longest = coverage.toSorted((a, b) => b.days - a.days)[0];
  // Forty-eight forecasts an hour: fewer hours than a day say little.
  if (longest === undefined || longest.hours < 24) return "unknown";
  if (longest.within_p90 < RIGHT.from) return "low";
  return longest.within_p90 > RIGHT.to ? "high" : "right";
}
