import type { Alert } from "#lib/alerts/schema.ts";
import { COUNTRY_CODES, type CountryCode } from "#lib/launch/country-codes.ts";
import { Random } from "./random.ts";
import type { World } from "./scenario.ts";
import type { Theatre } from "./theatre.ts";
import { type Waited, waitFor } from "./watch.ts";

/** Seconds in which the shield, asked to run, has to say what it found. By itself it runs every five minutes. */
export const THREAT_WITHIN = 60;

/** Asks the shield to run until it has found something, by the end of its fingerprint. */
export function findThreat(world: World, { api }: Theatre, entity: string): Promise<Waited<Alert>> {
  return waitFor(`the shield to find ${entity}`, THREAT_WITHIN, world, async () => {
    const found = (await api.openAlerts("threat")).find(({ fingerprint }) => fingerprint.endsWith(entity));
    if (found === undefined) await api.run("threat-shield");
    return found ?? null;
  });
}

/** Two countries of the whole world, by the run's seed: what an earlier run reported hardly ever counts with this one's. */
export function twoCountries({ options }: World): [CountryCode, CountryCode] {
  const random = new Random(options.seed);
  const first = random.between(0, COUNTRY_CODES.length - 1);
  const second = (first + random.between(1, COUNTRY_CODES.length - 1)) % COUNTRY_CODES.length;
  return [COUNTRY_CODES[first] ?? "PL", COUNTRY_CODES[second] ?? "CZ"];
}
