import { expect, test } from "vitest";
import { localDays, localTime } from "#lib/campaigns/local-days.ts";

const WARSAW = "Europe/Warsaw";

test.each([
  {
    so: "an evening in UTC is the next day in Warsaw",
    timeZone: WARSAW,
    starts_at: "2026-06-01T22:00:00Z",
    ends_at: "2026-06-02T21:59:59Z",
    days: { first: "2026-06-02", last: "2026-06-02" },
  },
  {
    so: "in winter an hour less",
    timeZone: WARSAW,
    starts_at: "2026-01-01T22:00:00Z",
    ends_at: "2026-01-02T22:30:00Z",
    days: { first: "2026-01-01", last: "2026-01-02" },
  },
  {
    so: "an end at local midnight is of the day before",
    timeZone: WARSAW,
    starts_at: "2026-06-01T10:00:00Z",
    ends_at: "2026-06-02T22:00:00Z",
    days: { first: "2026-06-01", last: "2026-06-02" },
  },
  {
    so: "the day of 25 hours is one",
    timeZone: WARSAW,
    starts_at: "2026-10-24T22:00:00Z",
    ends_at: "2026-10-25T23:00:00Z",
    days: { first: "2026-10-25", last: "2026-10-25" },
  },
  {
    so: "the day of 23 hours is over after 23",
    timeZone: WARSAW,
    starts_at: "2026-03-28T23:00:00Z",
    ends_at: "2026-03-29T22:00:00.001Z",
    days: { first: "2026-03-29", last: "2026-03-30" },
  },
  {
    so: "west of Greenwich it is the day before",
    timeZone: "America/Los_Angeles",
    starts_at: "2026-06-01T06:00:00Z",
    ends_at: "2026-06-01T07:00:00Z",
    days: { first: "2026-05-31", last: "2026-05-31" },
  },
])("CAMP-43 a campaign stands on its country's own days: $so", ({ days, ...window }) => {
  expect(localDays(window)).toEqual(days);
});

test("CAMP-43 and its start is told by the country's clock", () => {
  expect(localTime(Date.parse("2026-06-01T22:05:00Z"), "Asia/Kolkata")).toEqual({
    day: "2026-06-02",
    clock: "03:35",
  });
});
