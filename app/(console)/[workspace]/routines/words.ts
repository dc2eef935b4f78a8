import type { Routine } from "#lib/overview/routines.ts";

/** How a routine is called, and from which minute of its day it is due; weekly ones name their day, Monday 1 to Sunday 7. */
export const ROUTINE_WORDS: Record<
  Routine,
  { title: string; when: string; from: number; weekday: number | null }
> = {
  morning: { title: "Morning review", when: "9:00 each day", from: 540, weekday: null },
  midday: { title: "Midday check", when: "13:00 each day", from: 780, weekday: null },
  evening: { title: "Evening analysis", when: "18:00 each day", from: 1080, weekday: null },
  monday: { title: "Start of the week", when: "Mondays", from: 0, weekday: 1 },
  wednesday: { title: "Middle of the week", when: "Wednesdays", from: 0, weekday: 3 },
  friday: { title: "Before the weekend", when: "Fridays", from: 0, weekday: 5 },
  sunday: { title: "Before the new week", when: "Sundays", from: 0, weekday: 7 },
};

/** The day of the week of a date, Monday 1 to Sunday 7. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}
