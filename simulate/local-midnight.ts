import { Temporal } from "temporal-polyfill";

/** The first instant of the next local day of a zone, in milliseconds. Worked out here, not asked of Gantry. */
export function nextMidnight(timeZone: string, at: string): number {
  const today = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDate();
  return today.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
}
