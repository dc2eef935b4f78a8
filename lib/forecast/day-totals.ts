import type { Forecast } from "./schema.ts";

const HOUR_MS = 3_600_000;

/** A day's total at a moment (milliseconds): what it has used, and P50 and P90 of demand added up since. */
export type DayTotal = { at: number; p50: number; p90: number };

type Day = Forecast["cap_times"][number];

function totalsOf(day: Day, hours: Forecast["hours"], now: number): DayTotal[] {
  const from = Math.max(now, Date.parse(day.starts_at));
  const to = Date.parse(day.ends_at);
  let last = { at: from, p50: day.used, p90: day.used };
  const totals = [last];
  for (const hour of hours) {
    const [starts, ends] = [Math.max(Date.parse(hour.at), from), Math.min(Date.parse(hour.at) + HOUR_MS, to)];
    if (ends <= starts || hour.p50 === null || hour.p90 === null) continue;
    const share = (ends - starts) / HOUR_MS;
    last = { at: ends, p50: last.p50 + hour.p50 * share, p90: last.p90 + hour.p90 * share };
    totals.push(last);
  }
  return totals;
}

/** How today and tomorrow fill up from now on; each local midnight begins again at 0. Empty without a forecast. */
export function dayTotals({ cap_times, hours }: Forecast, now: number): DayTotal[] {
  const days = cap_times.filter((day) => day.known).map((day) => totalsOf(day, hours, now));
  return days
    .filter((totals) => totals.length > 1)
    .flatMap((totals, index) =>
      // A point's time is its name: the new day's 0 comes a millisecond after the old day's end.
      totals.map(({ at, p50, p90 }, place) => ({
        at: index > 0 && place === 0 ? at + 1 : at,
        p50: Math.round(p50),
        p90: Math.round(p90),
      })),
    );
}
