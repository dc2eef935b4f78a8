import type { Gantry } from "#lib/client/index.ts";
import type { CapsInput, Country } from "#lib/launch/schema.ts";
import type { Operation } from "#lib/launch/vocabulary.ts";
import { ApiRefused } from "./api.ts";
import type { ConsoleApi } from "./console-api.ts";
import { SimulationError } from "./options.ts";
import { type Demand, MEAN_AMOUNT } from "./plan.ts";

export const CAMPAIGN_COUNTRY = "RO";
const AMOUNT_CAP_COUNTRY = "GR";
const REASON = "Launch-day simulation";
const HEADROOM = 1.25;

/** A country as the day begins in it. */
export interface Scene {
  code: Country["code"];
  demand: Demand;
  before: Country;
  start: Country;
  /** What the run has to undo: `opened` a closed country, `raised` an open one's caps. */
  changed: "nothing" | "opened" | "raised";
  version: number;
}

/** Throws when caps are not enforced in this workspace: nothing could be checked. */
export async function requireCaps(api: ConsoleApi): Promise<void> {
  const flags = await api.flags();
  for (const key of ["launch.enabled", "launch.countryCaps"]) {
    if (flags.get(key) === false) {
      throw new SimulationError(
        `The flag ${key} is off here, so caps aren't enforced. Switch it on in the console first.`,
      );
    }
  }
}

export interface StageOptions {
  api: ConsoleApi;
  gate: (code: Country["code"]) => Gantry;
  demands: Demand[];
  activate: boolean;
  /** Filled as the stage is set, so that a set-up that fails half way can be undone. */
  scenes: Scene[];
}

/** Reads the countries, and when it may, opens those that are closed and gives the others room for the day. */
export async function setStage({ api, gate, demands, activate, scenes }: StageOptions): Promise<void> {
  if (activate) await api.list(demands.map(({ code }) => code));
  const listed = new Map((await api.countries()).map((country) => [country.code, country]));
  for (const demand of demands) {
    const before = listed.get(demand.code);
    if (before === undefined) continue;
    const made = activate ? await prepare(api, demand, before) : { changed: "nothing" as const, version: 0 };
    const scene: Scene = { code: demand.code, demand, before, start: before, ...made };
    scenes.push(scene);
    scene.start = await gate(demand.code).capacity(demand.code);
  }
}

async function prepare(
  api: ConsoleApi,
  demand: Demand,
  before: Country,
): Promise<Pick<Scene, "changed" | "version">> {
  const { code } = demand;
  if (before.phase === "not_launched") {
    return { changed: "opened", version: await api.activate(code, "soft", ownCaps(demand, before), REASON) };
  }
  if (before.phase === "pause") {
    if (before.pause_reason !== REASON) return { changed: "nothing", version: 0 };
    await api.setCaps(code, ownCaps(demand, before), REASON);
    return { changed: "opened", version: await api.resume(code, REASON) };
  }
  const raised = raisedCaps(demand, before);
  if (Object.keys(raised).length === 0) return { changed: "nothing", version: 0 };
  return { changed: "raised", version: await api.setCaps(code, raised, REASON) };
}

function gateOf(country: Country, operation: Operation): Country["gates"][number] | undefined {
  return country.gates.find((gate) => gate.operation === operation);
}

/** Caps of a country that the run opens: room for the day, except where the day is to run into them. */
function ownCaps(demand: Demand, before: Country): CapsInput {
  const used = (operation: Operation) => gateOf(before, operation)?.used ?? 0;
  const tight = demand.code === CAMPAIGN_COUNTRY ? 1 : HEADROOM;
  const caps: CapsInput = {
    user: used("user") + Math.ceil(demand.user * tight) + 5,
    payment: used("payment") + Math.ceil(demand.payment * 2) + 20,
    creator: used("creator") + Math.ceil(demand.creator * 2) + 5,
  };
  if (demand.code !== AMOUNT_CAP_COUNTRY) return caps;
  const spent = gateOf(before, "payment")?.amount_used_minor ?? 0;
  const minor = spent + Math.ceil(demand.payment * MEAN_AMOUNT * 0.7);
  return { ...caps, amount: { minor, currency: demand.currency } };
}

/** The caps of an open country that are too low for the day, raised. */
function raisedCaps(demand: Demand, before: Country): CapsInput {
  const raised: CapsInput = {};
  for (const { operation, remaining, used } of before.gates) {
    const needed = Math.ceil(demand[operation] * HEADROOM) + 10;
    if (remaining < needed) raised[operation] = used + needed;
  }
  return raised;
}

/** Undoes what the run changed. Returns a sentence for each thing that is not as it was. */
export async function strikeStage(api: ConsoleApi, scenes: Scene[], keep: boolean): Promise<string[]> {
  const left: string[] = [];
  const opened = scenes.filter(({ changed }) => changed === "opened").map(({ code }) => code);
  if (keep && opened.length > 0) left.push(`${opened.join(" ")}: open, as --keep asked.`);
  if (!keep) for (const code of opened) await api.pause(code, REASON);
  if (!keep && opened.length > 0) {
    left.push(
      `${opened.join(" ")}: opened for the run, now paused ("${REASON}"); resume them in the console.`,
    );
  }
  for (const scene of scenes.filter(({ changed }) => changed === "raised"))
    left.push(await restoreCaps(api, scene));
  return left.filter((sentence) => sentence !== "");
}

async function restoreCaps(api: ConsoleApi, { code, before, start, version }: Scene): Promise<string> {
  const caps: CapsInput = {};
  for (const { operation, cap } of before.gates) {
    if (gateOf(start, operation)?.cap !== cap) caps[operation] = cap;
  }
  try {
    await api.setCaps(code, caps, REASON, version);
    const now = Object.entries(caps).map(([operation, cap]) => `${operation} ${cap}`);
    return `${code}: its caps are back (${now.join(", ")}), but today's usage stays, so it may refuse until its midnight.`;
  } catch (error) {
    if (!(error instanceof ApiRefused) || error.code !== "version_conflict") throw error;
    return `${code}: someone changed it meanwhile, so its caps were left as they are.`;
  }
}
