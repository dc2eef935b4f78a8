import { expect, test } from "vitest";
import { dayTotals } from "#lib/forecast/day-totals.ts";
import { basisSentence, capSentence, coverageSentence, coverageVerdict } from "#lib/forecast/reading.ts";
import type { CapTime, Coverage, Forecast } from "#lib/forecast/schema.ts";

const ZONE = "Europe/Warsaw";
const day: CapTime = {
  day: "2026-06-01",
  starts_at: "2026-05-31T22:00:00.000Z",
  ends_at: "2026-06-01T22:00:00.000Z",
  cap: 1200,
  used: 400,
  known: true,
  p50_at: "2026-06-01T14:40:00.000Z",
  p90_at: "2026-06-01T12:05:00.000Z",
};
const coverage = (within_p90: number, hours = 600): Coverage => ({
  days: 28,
  hours,
  forecasts: hours * 48,
  within_p50: 0.52,
  within_p90,
  error: 0.2,
});

test("FORE-40 a day's cap is told in local time: reached, when, only if demand is high, not expected, not known", () => {
  expect(capSentence(day, ZONE)).toBe(
    "The cap of 1,200 will be reached at 16:40, at 14:05 if demand is high.",
  );
  expect(capSentence({ ...day, p50_at: null }, ZONE)).toBe(
    "The cap of 1,200 is not expected to be reached; at 14:05 if demand is high.",
  );
  expect(capSentence({ ...day, p50_at: null, p90_at: null }, ZONE)).toBe(
    "The cap of 1,200 is not expected to be reached.",
  );
  expect(capSentence({ ...day, used: 1200 }, ZONE)).toBe("The cap of 1,200 is reached.");
  expect(capSentence({ ...day, known: false, p50_at: null, p90_at: null }, ZONE)).toBe(
    "The cap of 1,200: not enough history to say when it is reached.",
  );
});

test("FORE-41 it says what a forecast stands on and whether it was measured, and warns of one that was too low", () => {
  const forecast: Forecast = {
    country: "PL",
    issued_at: null,
    basis: "none",
    levelled: false,
    hours: [],
    cap_times: [],
    coverage: [],
  };
  expect(basisSentence(forecast)).toContain("No forecast has been issued yet");
  expect(basisSentence({ ...forecast, issued_at: day.starts_at })).toContain("Not enough history");
  expect(coverageSentence([])).toContain("not measured yet");
  expect(coverageSentence([{ ...coverage(0.5), days: 7 }, coverage(0.91)])).toBe(
    "Over 28 days (600 hours, 28,800 forecasts), demand stayed below P90 in 91% and below P50 in 52%.",
  );
  expect(
    [[], [coverage(0.5, 23)], [coverage(0.91)], [coverage(0.7)], [coverage(0.99)]].map(coverageVerdict),
  ).toEqual(["unknown", "unknown", "right", "low", "high"]);
});

test("FORE-42 a day's total grows from what it has used, takes part of the hour under way, and begins again at local midnight", () => {
  const hour = (at: string) => ({ at, p50: 60, p90: 120, campaigns: 0 });
  const now = Date.parse("2026-06-01T20:30:00Z");
  const tomorrow = { ...day, used: 0, starts_at: day.ends_at, ends_at: "2026-06-02T22:00:00.000Z" };
  const totals = dayTotals(
    {
      country: "PL",
      issued_at: day.starts_at,
      basis: "hour_of_week",
      levelled: false,
      hours: [20, 21, 22].map((clock) => hour(`2026-06-01T${clock}:00:00.000Z`)),
      cap_times: [day, tomorrow],
      coverage: [],
    },
    now,
  );
  expect(totals.map(({ at, p50, p90 }) => [new Date(at).toISOString().slice(11, 23), p50, p90])).toEqual([
    ["20:30:00.000", 400, 400],
    ["21:00:00.000", 430, 460],
    ["22:00:00.000", 490, 580],
    ["22:00:00.001", 0, 0],
    ["23:00:00.000", 60, 120],
  ]);
});
