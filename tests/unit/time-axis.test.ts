import { expect, test } from "vitest";
import { chartTicks, clockTime, valueTicks } from "#components/time-axis.ts";

const day = (from: string, to: string, zone: string) =>
  chartTicks(Date.parse(from), Date.parse(to), zone).map((at) => clockTime(at, zone));

test("a day of 24 hours is marked every three hours", () => {
  expect(day("2026-11-23T00:00+01:00", "2026-11-24T00:00+01:00", "Europe/Warsaw")).toEqual([
    "00:00",
    "03:00",
    "06:00",
    "09:00",
    "12:00",
    "15:00",
    "18:00",
    "21:00",
    "00:00",
  ]);
});

test.each([
  ["of 23 hours", "2026-03-29T00:00+01:00", "2026-03-30T00:00+02:00"],
  ["of 25 hours", "2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00"],
])("a day %s is marked on whole local hours, none twice", (_name, from, to) => {
  const ticks = day(from, to, "Europe/Warsaw");
  expect(ticks.length).toBeLessThanOrEqual(9);
  expect(ticks.every((tick) => tick.endsWith(":00"))).toBe(true);
  expect(new Set(ticks.slice(0, -1)).size).toBe(ticks.length - 1);
});

test("a zone that isn't on the hour has its ticks on its own hours", () => {
  const ticks = day("2026-11-23T00:00+05:45", "2026-11-24T00:00+05:45", "Asia/Kathmandu");
  expect(ticks[0]).toBe("00:00");
  expect(ticks[1]).toBe("03:00");
});

test.each([0, 1, 3, 7, 100, 999, 1000, 10_001, 123_456])(
  "levels are round, at most six, and reach %i",
  (max) => {
    const levels = valueTicks(max);
    expect(levels[0]).toBe(0);
    expect(levels.at(-1)).toBeGreaterThanOrEqual(max);
    expect(levels.length).toBeLessThanOrEqual(6);
  },
);
