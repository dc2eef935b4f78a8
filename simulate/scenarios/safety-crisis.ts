import { randomUUID } from "node:crypto";
import type { CountryCode } from "#lib/launch/country-codes.ts";
import { print } from "#simulate/board.ts";
import type { Finding } from "#simulate/promises.ts";
import type { World } from "#simulate/scenario.ts";
import { openFor, openTheatre, type Theatre } from "#simulate/theatre.ts";
import { inTime, seen, waitFor } from "#simulate/watch.ts";
import type { Told } from "#simulate/watch-api.ts";

const CRISIS = "FI";
const CALM = "DK";
// The default trip is above 100 safety incidents a day, and a market needs 50 active users to be judged.
const INCIDENTS = 101;
const ACTIVE = 60;
const PAUSE_WITHIN = 60;
// KPIs are taken at the end of each quarter of an hour: what happened this long ago is in the newest.
const AGO_MS = 16 * 60_000;

/** A healthy market of 60 verified, paying users. */
function market(country: CountryCode, run: string): Told[] {
  return Array.from({ length: ACTIVE }, (_, i) => `${run}-${country}-${i}`).flatMap((subject) => [
    { type: "app.installed", subject, data: { country } },
    { type: "verification.completed", subject, data: { country } },
    { type: "purchase.completed", subject, data: { country, amount: { minor: 10_000, currency: "USD" } } },
  ]);
}

function incidents(country: CountryCode, run: string, count: number): Told[] {
  return Array.from({ length: count }, (_, i) => ({
    type: "safety.incident_reported",
    subject: `${run}-${country}-${i % ACTIVE}`,
    data: { country },
  }));
}

/** More safety incidents in a day than a mature market may have: it is paused once, by itself, and its neighbour is not. */
export async function safetyCrisis(world: World): Promise<Finding[]> {
  const theatre = await openTheatre(world, `A safety crisis in ${CRISIS}, and none in ${CALM}`, [
    "launch.regionAnalytics",
    "launch.autoRegionPause",
  ]);
  const { api } = theatre;
  for (const country of [CRISIS, CALM] as const) await openFor(world, theatre, country);
  const run = randomUUID().slice(0, 8);
  const time = new Date(Date.now() - AGO_MS).toISOString();
  const told = [
    ...market(CRISIS, run),
    ...market(CALM, run),
    ...incidents(CRISIS, run, INCIDENTS),
    ...incidents(CALM, run, 10),
  ];
  await api.report(told.map((event) => ({ ...event, time })));
  print("  reported; the hourly jobs are asked to run now");
  await api.run("region-kpis");
  const paused = await waitFor("the pause", PAUSE_WITHIN, world, () => pausedAfterRisk(theatre));
  return [
    inTime("a safety crisis pauses the country by itself", PAUSE_WITHIN, paused),
    ...(await aftermath(theatre)),
  ];
}

/** Asks for the scores until the country is paused: they can only be made once the KPIs are. */
async function pausedAfterRisk({ api, console }: Theatre): Promise<string | null> {
  const country = (await console.countries()).find(({ code }) => code === CRISIS);
  if (country?.phase === "pause") return country.pause_reason;
  await api.run("region-risk");
  return null;
}

async function aftermath({ api, gate, console }: Theatre): Promise<Finding[]> {
  const refused = await gate.check({ country: CRISIS, operation: "user" });
  const calm = (await console.countries()).find(({ code }) => code === CALM);
  const alerts = (await api.openAlerts("risk")).filter(({ country }) => country === CRISIS);
  return [
    seen("no check is granted there", refused.reason === "paused", refused.reason),
    seen(
      "its alert is critical and says why",
      alerts.some(({ severity, evidence }) => severity === "critical" && Object.keys(evidence).length > 0),
      alerts[0]?.title ?? "no alert",
    ),
    seen("a market with few incidents stays open", calm?.phase === "soft", `${CALM} is in ${calm?.phase}`),
  ];
}
