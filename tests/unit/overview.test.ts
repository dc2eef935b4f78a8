import { describe, expect, test } from "vitest";
import { mapOf } from "#app/(console)/[workspace]/mission/geometry.ts";
import type { CountryToday } from "#lib/launch/country-pages.ts";
import { perMinute } from "#lib/overview/admissions.ts";
import { attentionOf, headline, type Situation } from "#lib/overview/attention.ts";
import { type Capacity, capacityOf, type RunningCampaign } from "#lib/overview/running-campaigns.ts";
import { judge } from "#lib/overview/success.ts";

const gate = {
  cap: 100,
  used: 0,
  held: 0,
  kept: 0,
  corrected: 0,
  refused: 0,
  amountCap: null,
  amountUsedMinor: 0,
};

function country(
  code: string,
  name: string,
  changes: Partial<CountryToday> & { used?: number } = {},
): CountryToday {
  const { used = 0, ...more } = changes;
  return {
    code,
    name,
    phase: "soft",
    phaseBeforePause: null,
    phaseSince: "2026-06-01T00:00:00.000Z",
    pauseReason: null,
    timeZone: "Europe/Warsaw",
    policyVersion: 1,
    day: "2026-06-01",
    dayStartsAt: "2026-05-31T22:00:00.000Z",
    resetsAt: "2026-06-01T22:00:00.000Z",
    gates: { user: { ...gate, used }, payment: gate, creator: gate },
    lastChange: null,
    ...more,
  };
}

const change = (by: string): CountryToday["lastChange"] => ({
  code: "RO",
  version: 2,
  action: "country.paused",
  phase: "pause",
  at: "2026-06-01T08:00:00.000Z",
  by,
  reason: null,
  altered: [],
});

const calm: Situation = {
  countries: [country("PL", "Poland"), country("CZ", "Czechia", { phase: "not_launched", used: 100 })],
  risks: new Map(),
  capAt: new Map(),
  campaigns: [],
  throttle: 0,
  engineOff: false,
  alerts: { warning: 3, critical: 0 },
};

describe("attention", () => {
  test("MIS-10 nothing needs anybody while no cap is near, nothing is throttled and no critical alert is open", () => {
    expect(attentionOf(calm)).toEqual([]);
    expect(headline([])).toBe("Nothing needs you");
  });

  test("MIS-11 a full cap, one from 95 % on, high risk and a pause by the engine need somebody, each country once", () => {
    const found = attentionOf({
      ...calm,
      countries: [
        country("PL", "Poland", { used: 97 }),
        country("RO", "Romania", { phase: "pause", lastChange: change("Gantry") }),
        country("BG", "Bulgaria", { used: 100 }),
        country("HR", "Croatia", { used: 99 }),
        country("GR", "Greece", { used: 94 }),
      ],
      risks: new Map([
        ["HR", "critical"],
        ["GR", "medium"],
      ]),
    });
    expect(found.filter(({ weight }) => weight === "act").map(({ text }) => text)).toEqual([
      "Poland is at 97 % of its cap",
      "Romania is paused by risk",
      "Bulgaria has reached its cap",
      "Croatia has critical risk",
    ]);
    expect(found.filter(({ weight }) => weight === "watch").map(({ text }) => text)).toEqual([
      "Greece is at 94 % of its cap",
    ]);
    expect(headline(found)).toBe("4 countries need you");
  });

  test("MIS-12 a person's pause, a cap expected to fill and load near a limit are watched, not acted on", () => {
    const found = attentionOf({
      ...calm,
      countries: [
        country("RO", "Romania", { phase: "pause", lastChange: change("owner@gantry.local") }),
        country("PL", "Poland", { used: 10 }),
      ],
      capAt: new Map([["PL", Date.parse("2026-06-01T14:40:00Z")]]),
      throttle: 1,
    });
    expect(found.map(({ weight, text }) => `${weight}: ${text}`)).toEqual([
      "watch: Romania is paused",
      "watch: Poland is expected to reach its cap at 16:40",
      "watch: load is near a limit",
    ]);
    expect(headline(found)).toBe("Nothing needs you now");
  });

  test("MIS-13 the engine off, a throttle from level 2 on and critical alerts need somebody without naming a country", () => {
    const found = attentionOf({ ...calm, throttle: 2, engineOff: true, alerts: { warning: 0, critical: 2 } });
    expect(found.map(({ path }) => path)).toEqual(["flags", "load", "alerts"]);
    expect(headline(found)).toBe("3 things need you");
    expect(headline(found.slice(0, 1))).toBe("1 thing needs you");
    const both = attentionOf({ ...calm, throttle: 2, countries: [country("PL", "Poland", { used: 100 })] });
    expect(headline(both)).toBe("1 country and 1 other thing need you");
  });
});

const HOUR = 3_600_000;
const NOON = Date.parse("2026-06-01T10:00:00Z");

function campaign(changes: Partial<RunningCampaign> = {}): RunningCampaign & { capacity: Capacity } {
  const made: RunningCampaign = {
    id: "0190d5a0-0000-7000-8000-000000000001",
    name: "Spring",
    influencer: null,
    country: "PL",
    countryName: "Poland",
    status: "live",
    startsAt: NOON - HOUR,
    endsAt: NOON + 4 * HOUR,
    trafficForecast: 1000,
    expectedInstalls: 100,
    clicksByNow: 200,
    installsByNow: 20,
    clicks: 200,
    installs: 20,
    registrations: 15,
    door: "open",
    opensAt: null,
    behind: false,
    ...changes,
  };
  return { ...made, capacity: capacityOf(made, country("PL", "Poland", { used: 40 }), []) };
}

describe("campaigns on mission control", () => {
  const words = (situation: Partial<Situation>) =>
    attentionOf({ ...calm, ...situation }).map(({ weight, text }) => `${weight}: ${text}`);

  test("MIS-17 a country that takes nobody while a campaign is live needs somebody, in one line; without one a person's pause is watched", () => {
    const paused = country("PL", "Poland", { phase: "pause", lastChange: change("owner@gantry.local") });
    const countries = [paused];
    expect(words({ countries })).toEqual(["watch: Poland is paused"]);
    expect(words({ countries, campaigns: [campaign({ door: "paused" })] })).toEqual([
      "act: Poland is paused while Spring is live",
    ]);
    const full = [country("PL", "Poland", { used: 100 })];
    const two = [campaign({ door: "cap_reached" }), campaign({ door: "cap_reached", name: "Summer" })];
    expect(words({ countries: full, campaigns: two })).toEqual([
      "act: Poland has reached its cap while 2 campaigns are live",
    ]);
    const elsewhere = campaign({ country: "PT", countryName: "Portugal", door: "not_launched" });
    expect(words({ campaigns: [elsewhere] })).toEqual(["act: Spring is live, and Portugal is not open"]);
    const unopened = [country("PL", "Poland", { phase: "not_launched" })];
    expect(words({ countries: unopened, campaigns: [campaign({ door: "not_launched" })] })).toEqual([
      "act: Poland is not open while Spring is live",
    ]);
  });

  test("MIS-18 a campaign behind its forecast is watched, and one that starts within a day where nobody is let in", () => {
    expect(words({ campaigns: [campaign()] })).toEqual([]);
    expect(words({ campaigns: [campaign({ behind: true })] })).toEqual([
      "watch: Spring is behind its forecast",
    ]);
    const soon = campaign({ status: "scheduled", startsAt: NOON + HOUR, door: "paused" });
    expect(words({ campaigns: [soon] })).toEqual(["watch: Spring starts within a day, and Poland is paused"]);
  });

  test("MIS-19 a campaign's capacity is its country's door now and the forecast of its cap within its window", () => {
    const poland = country("PL", "Poland", { used: 40 });
    const full = (hours: number, until = 12) => [
      { country: "PL", at: NOON + hours * HOUR, until: NOON + until * HOUR },
    ];
    const live = campaign();
    expect(capacityOf(live, poland, [])).toEqual({ weight: "fine", text: "Room for 60 more users today" });
    expect(capacityOf(live, poland, full(3))).toEqual({
      weight: "watch",
      text: "Poland is expected to be full from 15:00",
    });
    expect(capacityOf(live, poland, full(4)).weight).toBe("fine");
    expect(capacityOf(live, poland, [{ country: "CZ", at: NOON, until: NOON + HOUR }]).weight).toBe("fine");
    const shut = { door: "cap_reached", opensAt: NOON + 12 * HOUR } as const;
    expect(capacityOf(campaign(shut), poland, [])).toEqual({
      weight: "act",
      text: "Poland is full for today",
    });
    const evening = {
      ...shut,
      status: "scheduled",
      startsAt: NOON + 8 * HOUR,
      endsAt: NOON + 30 * HOUR,
    } as const;
    expect(capacityOf(campaign(evening), poland, []).weight).toBe("watch");
    expect(capacityOf(campaign({ ...evening, door: "open" }), poland, full(2)).weight).toBe("watch");
    const tomorrow = { ...evening, startsAt: NOON + 12 * HOUR };
    expect(capacityOf(campaign(tomorrow), poland, full(0))).toEqual({
      weight: "fine",
      text: "Poland is open",
    });
    expect(capacityOf(campaign({ door: "queued" }), poland, [])).toEqual({
      weight: "watch",
      text: "Poland has a queue",
    });
  });
});

test("MIS-14 a success metric is met only beyond its target, and has no data without a whole", () => {
  const met = (metric: Parameters<typeof judge>[0]["metric"], part: number, whole = 100) =>
    judge({ metric, part, whole, hours: 24 }).met;
  expect([met("registrations", 95), met("registrations", 96)]).toEqual([false, true]);
  expect([met("verification", 90), met("verification", 91)]).toEqual([false, true]);
  expect([met("store_rating", 450), met("store_rating", 451)]).toEqual([false, true]);
  expect([met("api_errors", 1), met("api_errors", 0)]).toEqual([false, true]);
  expect([met("response_ms", 20_000), met("response_ms", 19_999)]).toEqual([false, true]);
  expect([met("fraud", 1, 1000), met("fraud", 0, 1000)]).toEqual([false, true]);
  expect([met("chargebacks", 1), met("chargebacks", 0)]).toEqual([false, true]);
  expect(judge({ metric: "chargebacks", part: 0, whole: 0, hours: 168 })).toMatchObject({
    value: null,
    met: null,
  });
});

test("MIS-15 admissions are a minute's mean: five minutes over, the rest of those under way, and 0 where nobody asked", () => {
  const now = Date.parse("2026-06-01T12:02:00Z");
  const at = (text: string) => Date.parse(`2026-06-01T${text}:00Z`);
  const hour = perMinute(
    [
      { at: at("11:55"), granted: 50, refused: 5 },
      { at: at("12:00"), granted: 8, refused: 0 },
    ],
    now,
  );
  expect(hour).toHaveLength(13);
  expect(hour[0]).toEqual({ at: at("11:00"), granted: 0, refused: 0 });
  expect(hour.slice(-2)).toEqual([
    { at: at("11:55"), granted: 10, refused: 1 },
    { at: at("12:00"), granted: 4, refused: 0 },
  ]);
});

test("MIS-16 every country of the first wave has its place on the map; one that the atlas has not is named", () => {
  const wave = ["PL", "CZ", "SK", "HR", "RO", "BG", "GR", "IT"];
  const { shapes, around, missing } = mapOf([...wave, "ZZ"]);
  expect(shapes.map(({ code }) => code)).toEqual(wave.toSorted());
  expect(missing).toEqual(["ZZ"]);
  for (const { x, y, path } of shapes) {
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(800);
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(480);
    expect(path).toMatch(/^M[\d.]/);
  }
  const place = new Map(shapes.map((shape) => [shape.code, shape]));
  expect(place.get("PL")?.y).toBeLessThan(place.get("GR")?.y ?? 0);
  expect(place.get("IT")?.x).toBeLessThan(place.get("RO")?.x ?? 0);
  expect(around.length).toBeLessThan(80_000);
  expect(mapOf(["BR", "FR", "ID"]).shapes).toHaveLength(3);
});
