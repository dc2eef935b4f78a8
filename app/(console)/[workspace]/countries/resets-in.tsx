"use client";

import classes from "#app/(console)/[workspace]/countries/countries.module.css";
import { clockTime } from "#components/time-axis.ts";
import { useNow } from "#components/use-now.ts";

/** "in 9 h 12 min"; under a minute "in a moment". */
function untilText(at: number, now: number): string {
  const minutes = Math.ceil((at - now) / 60_000);
  if (minutes <= 1) return "in a moment";
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `in ${rest} min`;
  return rest === 0 ? `in ${hours} h` : `in ${hours} h ${rest} min`;
}

/** When a country's day ends: its own clock, and how long that is from now. */
export function ResetsIn({ at, timeZone }: { at: string; timeZone: string }) {
  const now = useNow();
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={timeZone} className={classes.resets}>
      <span>{clockTime(time, timeZone)}</span>{" "}
      <span className={classes.until}>{now !== null && untilText(time, now)}</span>
    </time>
  );
}
