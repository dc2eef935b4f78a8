import { randomUUID } from "node:crypto";
import type { CountryCode } from "#lib/launch/country-codes.ts";
import type { Finding } from "#simulate/promises.ts";
import type { World } from "#simulate/scenario.ts";
import { openTheatre } from "#simulate/theatre.ts";
import { findThreat, THREAT_WITHIN, twoCountries } from "#simulate/threats.ts";
import { inTime, seen } from "#simulate/watch.ts";
import type { Told } from "#simulate/watch-api.ts";

// The default rule finds 50 creators of one country in five minutes.
const RING = 50;

function creators(country: CountryCode, run: string, count: number): Told[] {
  return Array.from({ length: count }, (_, i) => ({
    type: "creator.registered",
    subject: `${run}-${country}-creator-${i + 1}`,
    data: { country },
  }));
}

/** Fifty creators of one country at once are a ring, forty-nine are a good day. */
export async function creatorRing(world: World): Promise<Finding[]> {
  const [ring, busy] = twoCountries(world);
  const theatre = await openTheatre(world, `50 creators at once in ${ring}, and 49 in ${busy}`, [
    "launch.fraudShield",
  ]);
  const run = randomUUID().slice(0, 8);
  await theatre.api.report([...creators(ring, run, RING), ...creators(busy, run, RING - 1)]);
  const found = await findThreat(world, theatre, `creator_ring:${ring}`);
  const others = (await theatre.api.openAlerts("threat")).filter(({ fingerprint }) =>
    fingerprint.endsWith(`creator_ring:${busy}`),
  );
  return [
    inTime("a ring of 50 creators is found", THREAT_WITHIN, found),
    seen(
      "its alert has evidence and a country",
      found.value?.country === ring && Object.keys(found.value.evidence).length > 0,
      found.value?.title ?? "no alert",
    ),
    seen("49 creators are left alone", others.length === 0, `${others.length} alerts`),
  ];
}
