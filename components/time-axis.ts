const HOUR_MS = 3_600_000;
const STEPS_HOURS = [1, 2, 3, 4, 6, 12, 24, 48, 168];

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes longer than using it a hundred times; a chart of 90 days uses it thousands of times. */
function formatOf(name: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${name} ${timeZone}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat("en-GB", { ...options, timeZone });
  formats.set(key, format);
  return format;
}

const CLOCK: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DAY: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };

/** "14:05" in a zone. */
export function clockTime(at: number, timeZone: string): string {
  return formatOf("clock", timeZone, CLOCK).format(at);
}

/** "23 Nov, 14:05" in a zone. */
export function dayTime(at: number, timeZone: string): string {
  return formatOf("day and clock", timeZone, { ...DAY, ...CLOCK }).format(at);
}

/** How a tick reads: the time of day on an axis of up to two days, "23 Nov" on a longer one. */
export function tickText(at: number, timeZone: string, spanMs: number): string {
  return spanMs <= 48 * HOUR_MS ? clockTime(at, timeZone) : formatOf("day", timeZone, DAY).format(at);
}

function localHour(at: number, timeZone: string): number {
  return Number(formatOf("hour", timeZone, { hour: "2-digit", hourCycle: "h23" }).format(at));
}

/** Round numbers from 0 to at least `max`, five steps or fewer. */
export function valueTicks(max: number): number[] {
  const rough = Math.max(max, 4) / 4;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((size) => size * magnitude >= rough) ?? 10) * magnitude;
  const whole = Math.max(1, Math.ceil(step));
  return Array.from({ length: Math.ceil(max / whole) + 1 }, (_, index) => index * whole);
}

/** At most nine ticks on whole local hours between two moments, also on a day of 23 or 25 hours. */
export function chartTicks(from: number, to: number, timeZone: string): number[] {
  const hours = (to - from) / HOUR_MS;
  // Beyond two days a tick is a date, so none may come twice.
  const step = STEPS_HOURS.find((size) => hours / size <= 8 && (hours <= 48 || size >= 24)) ?? 168;
  const ticks: number[] = [];
  const minute = 60_000;
  const quarter = 15 * minute;
  // Zones sit at quarter hours from UTC, so a whole local hour falls on a quarter hour of the epoch.
  for (let at = Math.ceil(from / quarter) * quarter; at <= to; at += quarter) {
    const onTheHour = clockTime(at, timeZone).endsWith(":00");
    const last = ticks.at(-1);
    const farEnough = last === undefined || at - last >= (step - 1) * HOUR_MS;
    if (onTheHour && farEnough && localHour(at, timeZone) % Math.min(step, 24) === 0) ticks.push(at);
  }
  return ticks;
}
