"use client";

import { useNow } from "#components/use-now.ts";

/** What the clock on a wall in the country says: "Mon 23 Nov, 14:05". `renderedAt` (milliseconds) stands until the page is alive. */
export function LocalClock({ timeZone, renderedAt }: { timeZone: string; renderedAt: number }) {
  const now = useNow() ?? renderedAt;
  const text = new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).format(now);
  return <time dateTime={new Date(now).toISOString()}>{text}</time>;
}
