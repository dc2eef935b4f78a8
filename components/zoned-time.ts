const MINUTE_MS = 60_000;

/** Milliseconds by which a zone's clocks are ahead of UTC at a moment. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((each) => each.type === type)?.value ?? 0);
  const shown = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return shown - (at - (at % 1000));
}

/**
 * The moment at which a zone's clocks show `2026-11-24T18:00`; null when that is no time. Where clocks show it twice it is the first, where they
 * skip it the moment as far after the change as the time is after the gap's beginning.
 */
export function momentOf(clock: string, timeZone: string): Date | null {
  const asUtc = Date.parse(`${clock}Z`);
  if (Number.isNaN(asUtc)) return null;
  // A zone changes its clocks at most once in two days, so these are the only offsets it can have.
  const before = offsetAt(asUtc - 24 * 60 * MINUTE_MS, timeZone);
  const after = offsetAt(asUtc + 24 * 60 * MINUTE_MS, timeZone);
  const fits = [before, after].find((offset) => offsetAt(asUtc - offset, timeZone) === offset);
  return new Date(asUtc - (fits ?? before));
}

/** What a zone's clocks show at a moment, as an input of date and time takes it: `2026-11-24T18:00`. */
export function clockOf(at: Date, timeZone: string): string {
  return new Date(at.getTime() + offsetAt(at.getTime(), timeZone)).toISOString().slice(0, 16);
}

/** How far a zone is from UTC at a moment: `UTC+1`, `UTC-3:30`, `UTC`. */
export function offsetName(at: Date, timeZone: string): string {
  const minutes = Math.round(offsetAt(at.getTime(), timeZone) / MINUTE_MS);
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? "" : `:${String(size % 60).padStart(2, "0")}`;
  return `UTC${minutes < 0 ? "-" : "+"}${Math.floor(size / 60)}${rest}`;
}
