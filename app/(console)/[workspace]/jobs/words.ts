import type { Job } from "#lib/jobs/jobs.ts";

export const STATES = {
  requested: { label: "Asked for", color: "gray" },
  running: { label: "Running", color: "blue" },
  succeeded: { label: "Ended well", color: "green" },
  failed: { label: "Failed", color: "red" },
} as const;

/** "every 5 minutes". */
export function everyWords(seconds: number): string {
  const [count, unit] =
    seconds % 3600 === 0
      ? [seconds / 3600, "hour"]
      : seconds % 60 === 0
        ? [seconds / 60, "minute"]
        : [seconds, "second"];
  return count === 1 ? `every ${unit}` : `every ${count} ${unit}s`;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** "120 ms", "2.4 s", "37 min", "5 h". */
export function tookWords(milliseconds: number | null): string {
  if (milliseconds === null) return "–";
  if (milliseconds < 1000) return `${milliseconds} ms`;
  if (milliseconds < MINUTE) return `${(milliseconds / 1000).toFixed(1)} s`;
  return milliseconds < 2 * HOUR
    ? `${Math.round(milliseconds / MINUTE)} min`
    : `${Math.round(milliseconds / HOUR)} h`;
}

/** How a job gives way to load, or null. */
export function waitWords({ waits_from: from, waits_seconds: seconds }: Job): string | null {
  if (from === null || seconds === null) return null;
  return `Waits up to ${seconds / 60} minutes while the throttle is at level ${from} or above`;
}

/** Why a job does nothing here, or null. */
export function skipWords({ enabled, flag }: Job): string | null {
  return enabled ? null : `Skipped here: ${flag} is off`;
}
