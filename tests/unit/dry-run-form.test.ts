import { expect, test } from "vitest";
import { type PolicyNow, proposalOf } from "#app/(console)/[workspace]/dry-runs/parts.ts";
import type { DryRun, DryRunDay } from "#lib/dryrun/answers.ts";
import { alertsOf, gateTotals, summaryOf } from "#lib/dryrun/reading.ts";

const NOW: PolicyNow = {
  countries: [
    { code: "CZ", name: "Czechia" },
    { code: "PL", name: "Poland" },
  ],
  limits: [
    { name: "payments", limit: 100, kind: "static" },
    { name: "sessions", limit: null, kind: "static" },
  ],
  rules: [
    {
      rule: "chargeback_burst",
      mode: "live",
      threshold: 10,
      window_minutes: 60,
      share: 0.01,
      counts_per: "country",
      answer: "watch",
      blocks: [],
      answer_minutes: 60,
      version: 1,
      updated_at: "2026-06-01T10:00:00.000Z",
      precision: null,
      true_positives: 0,
      false_positives: 0,
    },
  ],
};
const AS_IT_IS = {
  countries: "",
  phase: "as_was",
  user: "",
  "limit payments": "100",
  "kind payments": "static",
  "limit sessions": "",
  "kind sessions": "static",
  "threshold chargeback_burst": "10",
  "window chargeback_burst": "60",
  "share chargeback_burst": "0.01",
  "per chargeback_burst": "country",
};

function formOf(changes: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...AS_IT_IS, ...changes })) form.set(name, value);
  return form;
}

test("DRY-13 the form proposes what differs from what is in force, for several countries too, and else nothing", () => {
  const proposed = (changes: Record<string, string>) => proposalOf(formOf(changes), NOW);
  expect(proposed({})).toEqual({});
  expect(proposed({ countries: "PL" })).toEqual({ countries: { PL: {} } });
  expect(proposed({ user: "1,200", phase: "open" })).toEqual({
    countries: { CZ: { user_units: 1200, phase: "open" }, PL: { user_units: 1200, phase: "open" } },
  });
  expect(proposed({ countries: "PL CZ", amount: "5000", currency: "EUR" })).toEqual({
    countries: {
      PL: { amount_minor: 500_000, amount_currency: "EUR" },
      CZ: { amount_minor: 500_000, amount_currency: "EUR" },
    },
  });
  expect(proposed({ no_amount: "on", countries: "PL" })).toEqual({ countries: { PL: { amount_minor: -1 } } });
  expect(proposed({ "limit payments": "1,250", "limit sessions": "9" })).toEqual({
    limits: [
      { name: "payments", value: 1250, kind: "static" },
      { name: "sessions", value: 9, kind: "static" },
    ],
  });
  expect(proposed({ "kind payments": "adaptive" })).toEqual({
    limits: [{ name: "payments", value: 100, kind: "adaptive" }],
  });
  expect(proposed({ "share chargeback_burst": "0.05" })).toEqual({
    threats: [
      { rule: "chargeback_burst", threshold: 10, window_minutes: 60, share: 0.05, counts_per: "country" },
    ],
  });
  const card = { rules: [], minimum_active_users: 20, medium_from: 3, high_from: 5, critical_from: 7 };
  expect(proposed({ card: JSON.stringify(card) })).toEqual({ scorecard: card });
});

const DAY: DryRunDay = {
  country: "PL",
  operation: "user",
  day: "2026-06-01",
  starts_at: "2026-05-31T22:00:00.000Z",
  checks: 30,
  differences: 8,
  adjusted: 0,
  gained: 5,
  lost: 2,
  sooner: 1,
  was_reached_at: "2026-06-01T12:00:00.000Z",
  would_reach_at: null,
  was_spent_at: null,
  would_spend_at: null,
  was_alerts: 1,
  would_alerts: 0,
  was: [4, 3],
  would: [5, 4],
};
const RUN: DryRun = {
  id: "00000000-0000-7000-8000-000000000000",
  proposal: {},
  countries: ["PL"],
  days: 7,
  status: "done",
  place: 8,
  places: 8,
  by: "owner@example.com",
  created_at: "2026-06-02T10:00:00.000Z",
  problem: null,
  results: [DAY],
  facts: {
    load: {
      minutes: 900,
      was: [9, 40, 2],
      would: [3, 1, 0],
      alerts: [{ name: "payments", was: 4, would: 1 }],
    },
    risk: {
      was_alerts: 0,
      would_alerts: 2,
      pauses: [{ country: "PL", at: "2026-06-01T12:00:00.000Z", score: 8 }],
      was_paused: [],
      levels: [],
    },
    threats: [{ rule: "device_farm", was: 3, was_entities: 2, would: 9, would_entities: 6 }],
  },
};

test("DRY-14 a result says what was and would have been, and counts nobody twice who waited", () => {
  expect(summaryOf(RUN)).toEqual([
    "In the last 7 days: 4 registrations more let in, 2 registrations fewer let in, 1 registration let in without waiting in the queue.",
    "A cap would have been reached on 0 local days instead of 1.",
    "Throttling would have lasted 1 minute instead of 42.",
    "1 pause for risk would have happened; 0 did.",
    "The rule for device farms would have found 6 entities instead of 2.",
    "9 alerts would have been raised instead of 7.",
    "30 decisions were replayed.",
  ]);
  expect(alertsOf(RUN).map(({ about, was, would }) => `${about}: ${was} → ${would}`)).toEqual([
    "Caps: 1 → 0",
    "Load: payments: 4 → 1",
    "Risk: 0 → 2",
    "Threats: device farm: 2 → 6",
  ]);
  expect(gateTotals(RUN.results)).toMatchObject([{ was: 7, would: 9, gained: 4, lost: 2, sooner: 1 }]);
  expect(summaryOf({ ...RUN, countries: [], results: [], facts: {} })).toEqual([
    "There is nothing to replay: no country is listed.",
  ]);
});
