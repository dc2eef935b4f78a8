import type { CountryCode } from "#lib/launch/country-codes.ts";
import type { CapsInput } from "#lib/launch/schema.ts";
import { paint, print } from "./board.ts";
import { ConsoleApi } from "./console-api.ts";
import { SimulationError } from "./options.ts";
import type { World } from "./scenario.ts";
import { CheckApi, WatchApi } from "./watch-api.ts";

const REASON = "Simulated incident";
const CAPS: CapsInput = { user: 100_000, payment: 100_000, creator: 100_000 };

/** What a scenario about an incident plays with. */
export interface Theatre {
  api: WatchApi;
  console: ConsoleApi;
  gate: CheckApi;
}

/** Throws SimulationError when a flag that the scenario rests on is off. */
export async function openTheatre({ options }: World, title: string, flags: string[]): Promise<Theatre> {
  const console = new ConsoleApi(options.consoleUrl, options.key);
  const set = await console.flags();
  for (const key of ["launch.enabled", "launch.countryCaps", ...flags]) {
    if (set.get(key) === false) {
      throw new SimulationError(`The flag ${key} is off here. Switch it on in the console first.`);
    }
  }
  print(paint("bold", title));
  return {
    console,
    api: new WatchApi(options.consoleUrl, options.key),
    gate: new CheckApi(options.url, options.key),
  };
}

/**
 * Opens a country for the scenario, or takes it as it is when it is open with room. Throws SimulationError when it may not be opened, or
 * somebody has paused it.
 */
export async function openFor(
  { options, left }: World,
  { console }: Theatre,
  code: CountryCode,
): Promise<void> {
  const country = (await console.countries()).find((listed) => listed.code === code);
  const isOpen = country !== undefined && !["not_launched", "pause"].includes(country.phase);
  if (isOpen && country.gates.every(({ remaining }) => remaining > 10)) return;
  if (!options.activate)
    throw new SimulationError(`${code} is not open, or full. Open it, or say --activate.`);
  if (country === undefined) await console.list([code]);
  if (country?.phase === "pause") await resumeOwn(console, code, country.pause_reason ?? "");
  if (isOpen || country?.phase === "pause") await console.setCaps(code, CAPS, REASON);
  else await console.activate(code, "soft", CAPS, REASON);
  if (!options.keep) left.push(`${code}: opened for the run; it stays open unless the run paused it.`);
}

/** Resumes a country that an earlier run or the engine has paused. Throws SimulationError when a person did. */
async function resumeOwn(console: ConsoleApi, code: CountryCode, reason: string): Promise<void> {
  if (!reason.includes("critical") && reason !== REASON) {
    throw new SimulationError(`${code} is paused: ${reason}. Resume it first.`);
  }
  await console.resume(code, REASON);
}
