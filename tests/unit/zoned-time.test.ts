import { expect, test } from "vitest";
import { clockOf, momentOf, offsetName } from "#components/zoned-time.ts";

test("CON-02 a time typed in a zone is the moment its clocks show it, also where they skip an hour or show it twice", () => {
  const moment = (clock: string, zone: string) => momentOf(clock, zone)?.toISOString();
  expect(moment("2026-11-24T18:00", "Europe/Warsaw")).toBe("2026-11-24T17:00:00.000Z");
  expect(moment("2026-07-01T00:15", "Asia/Kathmandu")).toBe("2026-06-30T18:30:00.000Z");
  expect(moment("2026-03-29T02:30", "Europe/Warsaw")).toBe("2026-03-29T01:30:00.000Z");
  expect(moment("2026-10-25T02:30", "Europe/Warsaw")).toBe("2026-10-25T00:30:00.000Z");
  expect(moment("2026-10-25T03:00", "Europe/Warsaw")).toBe("2026-10-25T02:00:00.000Z");
  expect(momentOf("", "Europe/Warsaw")).toBeNull();
  expect(clockOf(new Date("2026-10-25T00:30:00Z"), "Europe/Warsaw")).toBe("2026-10-25T02:30");
  expect(offsetName(new Date("2026-07-01T00:00:00Z"), "Europe/Warsaw")).toBe("UTC+2");
  expect(offsetName(new Date("2026-07-01T00:00:00Z"), "America/St_Johns")).toBe("UTC-2:30");
  expect(offsetName(new Date("2026-07-01T00:00:00Z"), "UTC")).toBe("UTC");
});
