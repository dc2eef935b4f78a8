import { expect, test } from "vitest";
import { nextMidnight } from "#simulate/local-midnight.ts";
import { demands, planDay } from "#simulate/plan.ts";
import { Random } from "#simulate/random.ts";

const day = (seed: number) =>
  planDay(new Random(seed), { demands: demands(8000), campaign: { code: "RO", signUps: 500 }, hours: 24 });

test("PLAN-01 the same seed brings the same visits, another seed others", () => {
  expect(day(1)).toEqual(day(1));
  expect(day(1)).not.toEqual(day(2));
});

test("PLAN-02 a day has its volume, a trough at night and a peak in the evening", () => {
  const visits = day(3).filter(({ country }) => country !== "RO");
  const signUps = visits.filter(({ operation }) => operation === "user");
  const expected = demands(8000)
    .filter(({ code }) => code !== "RO")
    .reduce((sum, { user }) => sum + user, 0);
  // Five standard deviations of a Poisson count.
  expect(Math.abs(signUps.length - expected)).toBeLessThan(5 * Math.sqrt(expected));
  const between = (from: number, to: number) => visits.filter(({ hour }) => hour >= from && hour < to).length;
  expect(between(19, 21)).toBeGreaterThan(4 * between(3, 5));
});

test("PLAN-03 the campaign comes on top, in one country and one evening", () => {
  const evening = (code: string) =>
    day(4).filter(({ country, hour, operation }) => {
      return country === code && operation === "user" && hour >= 19 && hour < 20.5;
    }).length;
  expect(evening("RO")).toBeGreaterThan(400 + evening("GR"));
});

test.each([
  ["Europe/Warsaw", "2026-03-29T00:30:00Z", "2026-03-29T22:00:00Z"],
  ["Europe/Warsaw", "2026-10-25T12:00:00Z", "2026-10-25T23:00:00Z"],
  ["Europe/Athens", "2026-10-25T21:59:59Z", "2026-10-25T22:00:00Z"],
  ["UTC", "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z"],
])("PLAN-04 in %s the midnight after %s is %s", (zone, at, midnight) => {
  expect(new Date(nextMidnight(zone, at)).toISOString()).toBe(midnight.replace("Z", ".000Z"));
});
