/** When a job runs: every so many seconds, or in the minutes that a cron expression names (UTC). */
export type Schedule =
  | { kind: "seconds"; seconds: number }
  | { kind: "minutes"; matches: (minute: Date) => boolean };

interface Field {
  name: string;
  min: number;
  max: number;
  names?: string[];
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const MINUTE: Field = { name: "minute", min: 0, max: 59 };
const HOUR: Field = { name: "hour", min: 0, max: 23 };
const DAY: Field = { name: "day of month", min: 1, max: 31 };
const MONTH: Field = { name: "month", min: 1, max: 12, names: MONTHS };
const WEEKDAY: Field = { name: "day of week", min: 0, max: 7, names: DAYS };
/** pg_cron's sign for the last day of the month. */
const LAST_DAY = "$";

/**
 * Reads what pg_cron accepts: "N seconds" (1 to 59) or five cron fields with lists, ranges, steps, names and "$".
 * As in cron, when both days are restricted either suffices. Throws for anything else.
 */
export function parseSchedule(text: string): Schedule {
  const seconds = /^\s*([1-9]|[1-5][0-9])\s+seconds?\s*$/i.exec(text)?.[1];
  if (seconds) return { kind: "seconds", seconds: Number(seconds) };
  const fields = text.trim().split(/\s+/);
  const [minute, hour, day, month, weekday] = fields;
  if (!minute || !hour || !day || !month || !weekday || fields.length !== 5) {
    throw new Error(`invalid schedule: ${text}`);
  }
  const minutes = parseField(minute, MINUTE);
  const hours = parseField(hour, HOUR);
  const months = parseField(month, MONTH);
  const onDay = dayMatcher(day, weekday);
  return {
    kind: "minutes",
    matches: (at) =>
      minutes.has(at.getUTCMinutes()) &&
      hours.has(at.getUTCHours()) &&
      months.has(at.getUTCMonth() + 1) &&
      onDay(at),
  };
}

function dayMatcher(day: string, weekday: string): (at: Date) => boolean {
  const weekdays = parseField(weekday, WEEKDAY);
  if (weekdays.has(7)) weekdays.add(0);
  const last = day.split(",").includes(LAST_DAY);
  const listed = day.split(",").filter((item) => item !== LAST_DAY);
  const days = listed.length ? parseField(listed.join(","), DAY) : new Set<number>();
  const onMonthday = (at: Date) => days.has(at.getUTCDate()) || (last && isLastDay(at));
  const onWeekday = (at: Date) => weekdays.has(at.getUTCDay());
  if (day.startsWith("*") || weekday.startsWith("*")) return (at) => onMonthday(at) && onWeekday(at);
  return (at) => onMonthday(at) || onWeekday(at);
}

function isLastDay(at: Date): boolean {
  return new Date(at.getTime() + 86_400_000).getUTCDate() === 1;
}

function parseField(text: string, field: Field): Set<number> {
  const values = new Set<number>();
  for (const item of text.split(",")) {
    const [range = "", stepText] = item.split("/");
    const step = stepText === undefined ? 1 : Number(stepText);
    const [from, to] =
      range === "*" ? [field.min, field.max] : parseRange(range, stepText !== undefined, field);
    if (!(step >= 1) || !Number.isInteger(step) || from > to)
      throw new Error(`invalid ${field.name}: ${text}`);
    for (let value = from; value <= to; value += step) values.add(value);
  }
  return values;
}

function parseRange(range: string, stepped: boolean, field: Field): [number, number] {
  const [first = "", second] = range.split("-");
  const from = parseValue(first, field);
  if (second !== undefined) return [from, parseValue(second, field)];
  return [from, stepped ? field.max : from];
}

function parseValue(text: string, { name, min, max, names }: Field): number {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  const value = named >= 0 ? named + (min === 1 ? 1 : 0) : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) throw new Error(`invalid ${name}: ${text}`);
  return value;
}
