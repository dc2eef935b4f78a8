type Window = { starts_at: string; ends_at: string; timeZone: string };

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const made =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  formats.set(timeZone, made);
  return made;
}

/** A time (milliseconds) in a zone: its local day ("2026-06-01") and clock ("18:00"). */
export function localTime(at: number, timeZone: string): { day: string; clock: string } {
  const part = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return { day: `${part.year}-${part.month}-${part.day}`, clock: `${part.hour}:${part.minute}` };
}

/** The first and the last local day of a window, in its own zone. An end at local midnight is of the day before. */
export function localDays({ starts_at, ends_at, timeZone }: Window): { first: string; last: string } {
  return {
    first: localTime(Date.parse(starts_at), timeZone).day,
    last: localTime(Date.parse(ends_at) - 1, timeZone).day,
  };
}
