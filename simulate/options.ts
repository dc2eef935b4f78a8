import { randomInt } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readConfig } from "#stack/config.ts";

/** Why a simulation can't begin, and what to do about it. */
export class SimulationError extends Error {
  override readonly name = "SimulationError";
}

export interface Options {
  scenario: string;
  /** The gate: cap checks, settlements, receipts, capacity. */
  url: string;
  /** The console's API: countries and flags. */
  consoleUrl: string;
  key: string;
  seed: number;
  /** Simulated seconds per second. */
  speed: number;
  /** Hours of the local day to play, from midnight. */
  hours: number;
  /** Sign-ups that a whole day brings on average, over all countries. */
  volume: number;
  /** May it open countries and change caps, to undo it at the end? */
  activate: boolean;
  /** Leave the countries it opened open. */
  keep: boolean;
  /** Does other traffic use the workspace at the same time? */
  shared: boolean;
  /** Seconds to wait for what Gantry has to do by itself, where a promise allows more. */
  patience: number;
  plain: boolean;
  concurrency: number;
  maxRequests: number;
}

export const HELP = `npm run simulate -- [scenario] [options]

  launch-day            eight countries from midnight to midnight, with a campaign behind a tracked link (default)
  overload              too many sessions: the throttle rises, and falls without flapping
  device-farm           many accounts on one device, and a household that is none
  creator-ring          a burst of creators in one country
  chargebacks           a burst of chargebacks in one country
  safety-crisis         more safety incidents in a day than a market may have

  --speed N             simulated seconds per second (1440: a day in a minute)
  --duration H          hours of the day to play, from midnight (24)
  --volume N            sign-ups of a whole day, all countries together (2000)
  --seed N              repeats the traffic of an earlier run
  --url URL             the gate (the one npm start runs)
  --console-url URL     the console, for setting countries up
  --key gty_…           API key (the demo key that npm start made)
  --[no-]activate       open countries and raise caps for the run, and undo it (yes for the demo key, else no)
  --keep                leave the countries it opened open
  --shared              other traffic uses the workspace too: count it as theirs
  --patience S          wait at most so long for what Gantry does by itself
  --concurrency N       requests under way at once (64)
  --max-requests N      stop after this many (30000)
  --plain               lines instead of a live table
`;

/** Reads the command line. Returns null when help was asked for. Throws SimulationError for what it can't use. */
export function readOptions(args: string[]): Options | null {
  const { values, positionals } = parsed(args);
  if (values.help) return null;
  const { ports } = readConfig();
  return {
    scenario: positionals[0] ?? "launch-day",
    url: values.url ?? `http://127.0.0.1:${ports.gate}`,
    consoleUrl: values["console-url"] ?? `http://127.0.0.1:${ports.web}`,
    key: values.key ?? demoKey(),
    seed: values.seed === undefined ? randomInt(1, 2 ** 31) : number("seed", values.seed, 0, 2 ** 32),
    speed: number("speed", values.speed, 1, 100_000),
    hours: number("duration", values.duration, 0.1, 24),
    volume: number("volume", values.volume, 1, 1_000_000),
    activate: values.activate ?? values.key === undefined,
    keep: values.keep,
    shared: values.shared,
    patience: number("patience", values.patience, 1, 3600),
    plain: values.plain || !process.stdout.isTTY,
    concurrency: number("concurrency", values.concurrency, 1, 1000),
    maxRequests: number("max-requests", values["max-requests"], 1, 10_000_000),
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      allowNegative: true,
      options: {
        help: { type: "boolean", short: "h", default: false },
        url: { type: "string" },
        "console-url": { type: "string" },
        key: { type: "string" },
        seed: { type: "string" },
        speed: { type: "string", default: "1440" },
        duration: { type: "string", default: "24" },
        volume: { type: "string", default: "2000" },
        activate: { type: "boolean" },
        keep: { type: "boolean", default: false },
        shared: { type: "boolean", default: false },
        patience: { type: "string", default: "3600" },
        plain: { type: "boolean", default: false },
        concurrency: { type: "string", default: "64" },
        "max-requests": { type: "string", default: "30000" },
      },
    });
  } catch (error) {
    throw new SimulationError(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
}

function number(name: string, given: string, low: number, high: number): number {
  const value = Number(given);
  if (given.trim() !== "" && value >= low && value <= high) return value;
  throw new SimulationError(`--${name} is "${given}". It has to be a number from ${low} to ${high}.`);
}

function demoKey(): string {
  const file = join(readConfig().dataDir, "secrets.json");
  if (!existsSync(file)) {
    throw new SimulationError(
      "There is no demo key yet. Run npm start first, or give --key, --url and --console-url.",
    );
  }
  const secrets: { demoKey?: unknown } = JSON.parse(readFileSync(file, "utf8"));
  if (typeof secrets.demoKey !== "string")
    throw new SimulationError(`${file} holds no demo key. Give --key.`);
  return secrets.demoKey;
}
