import { expect, test } from "vitest";
import { parseSchedule } from "#stack/cron-schedule.ts";

/** Minutes of a span, of UTC, in which a schedule runs. */
function minutesOf(text: string, from: string, to: string): string[] {
  const schedule = parseSchedule(text);
  if (schedule.kind !== "minutes") throw new Error(`${text} has no minutes`);
  const found: string[] = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += 60_000) {
    const minute = new Date(at);
    if (schedule.matches(minute)) found.push(minute.toISOString().slice(5, 16));
  }
  return found;
}

const DAY = ["2026-11-24T00:00Z", "2026-11-25T00:00Z"] as const;
const HOUR = ["2026-11-24T05:00Z", "2026-11-24T06:00Z"] as const;

test("STACK-01 a schedule runs in exactly the minutes that its lists, ranges, steps and names say, in UTC", () => {
  expect(minutesOf("* * * * *", ...HOUR)).toHaveLength(60);
  expect(minutesOf("*/20 * * * *", ...HOUR)).toEqual(["11-24T05:00", "11-24T05:20", "11-24T05:40"]);
  expect(minutesOf("10-12,50/5 * * * *", ...HOUR)).toEqual(
    ["10", "11", "12", "50", "55"].map((minute) => `11-24T05:${minute}`),
  );
  expect(minutesOf("0 22-23 * * *", ...DAY)).toEqual(["11-24T22:00", "11-24T23:00"]);
  expect(minutesOf("0 0 * NOV tue", ...DAY)).toEqual(["11-24T00:00"]);
  expect(minutesOf("0 0 * dec *", ...DAY)).toEqual([]);
});

test("STACK-02 with both days restricted either suffices; 7 is Sunday; $ is the month's last day, February's too", () => {
  const november = ["2026-11-01T00:00Z", "2026-12-01T00:00Z"] as const;
  const days = (text: string) => minutesOf(text, ...november).map((minute) => Number(minute.slice(3, 5)));
  expect(days("0 0 13 * sun")).toEqual([1, 8, 13, 15, 22, 29]);
  expect(days("0 0 * * 7")).toEqual(days("0 0 * * 0"));
  expect(days("0 0 $ * *")).toEqual([30]);
  expect(days("0 0 1,$ * *")).toEqual([1, 30]);
  expect(minutesOf("0 0 $ * *", "2028-02-01T00:00Z", "2028-03-01T00:00Z")).toEqual(["02-29T00:00"]);
});

test("STACK-03 seconds run from 1 to 59", () => {
  expect(parseSchedule("30 seconds")).toEqual({ kind: "seconds", seconds: 30 });
  expect(parseSchedule(" 1 second ")).toEqual({ kind: "seconds", seconds: 1 });
  for (const text of ["0 seconds", "60 seconds", "5 minutes"]) {
    expect(() => parseSchedule(text), text).toThrow("invalid");
  }
});

test.each([
  "",
  "* * * *",
  "* * * * * *",
  "60 * * * *",
  "* 24 * * *",
  "* * 0 * *",
  "* * 32 * *",
  "* * * 13 *",
  "* * * * 8",
  "*/0 * * * *",
  "*/x * * * *",
  "5-1 * * * *",
  "1.5 * * * *",
  "-1 * * * *",
  "@daily",
  "* * * * funday",
])("STACK-04 %j is no schedule", (text) => {
  expect(() => parseSchedule(text)).toThrow("invalid");
});
