import type { Arm } from "./vocabulary.ts";

/** One local day of an experiment's calendar. */
export type CalendarDay = { day: string; pair: number; arm: Arm };

const DAY_MS = 86_400_000;

/** Whether a pair's first day has cap A: the lowest bit of the first byte of SHA-256 of "seed:pair". */
async function beginsWithA(seed: string, pair: number): Promise<boolean> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${seed}:${pair}`));
  return ((new Uint8Array(digest)[0] ?? 0) & 1) === 0;
}

/** The calendar that follows from a seed: each pair of days has each cap once. The same as the database writes; runs in browsers too. */
export async function calendarOf(seed: string, startsOn: string, days: number): Promise<CalendarDay[]> {
  const pairs = Array.from({ length: Math.ceil(days / 2) }, (_, pair) => beginsWithA(seed, pair));
  const first = await Promise.all(pairs);
  return Array.from({ length: days }, (_, index) => {
    const pair = Math.floor(index / 2);
    return {
      day: new Date(Date.parse(startsOn) + index * DAY_MS).toISOString().slice(0, 10),
      pair,
      arm: first[pair] === (index % 2 === 0) ? "A" : "B",
    };
  });
}
