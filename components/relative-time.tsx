"use client";

import classes from "#components/relative-time.module.css";
import { useNow } from "#components/use-now.ts";

const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });
const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

function stamp(at: Date, timeZone: string | undefined, seconds: boolean): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    ...(seconds && { second: "2-digit" }),
    ...(timeZone !== undefined && { timeZone }),
    timeZoneName: "short",
  }).format(at);
}

/** "3 min. ago", "in 2 hr."; under 45 s it is "just now" or "in a moment". */
function relativeText(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000);
  if (Math.abs(seconds) < 45) return seconds > 0 ? "in a moment" : "just now";
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size * (unit === "minute" ? 0.75 : 1)) {
      return RELATIVE.format(Math.round(seconds / size), unit);
    }
  }
  return RELATIVE.format(seconds, "second");
}

type RelativeTimeProps = {
  /** RFC 3339, or a date. */
  at: string | Date;
  /** `relative` (default) or the full stamp. */
  show?: "relative" | "stamp";
  /** IANA name of the zone a stamp is shown in; without it UTC first, then the reader's own. */
  timeZone?: string;
};

/** A moment; pointing at it tells it in the reader's zone and in UTC. */
export function RelativeTime({ at, show = "relative", timeZone }: RelativeTimeProps) {
  const now = useNow();
  const date = typeof at === "string" ? new Date(at) : at;
  const utc = stamp(date, "UTC", true);
  const text =
    now === null || (show === "stamp" && timeZone !== undefined)
      ? stamp(date, timeZone ?? "UTC", false)
      : show === "stamp"
        ? stamp(date, undefined, false)
        : relativeText(date.getTime(), now);
  const local = now === null ? utc : stamp(date, undefined, true);
  return (
    <time className={classes.time} dateTime={date.toISOString()} title={`${local}\n${utc}`}>
      {text}
    </time>
  );
}
