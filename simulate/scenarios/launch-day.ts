import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { createGantry, type Gantry } from "#lib/client/index.ts";
import type { CountryCode } from "#lib/launch/country-codes.ts";
import { paint, print } from "#simulate/board.ts";
import { TrackedCampaign } from "#simulate/campaign.ts";
import { ConsoleApi } from "#simulate/console-api.ts";
import { Evidence } from "#simulate/evidence.ts";
import { Lanes } from "#simulate/lanes.ts";
import { Ledger } from "#simulate/ledger.ts";
import { showLive } from "#simulate/live.ts";
import { type Options, SimulationError } from "#simulate/options.ts";
import { pauseMidRun } from "#simulate/pause-mid-run.ts";
import { PauseWindow } from "#simulate/pause-window.ts";
import { type Campaign, demands, planDay, type Visit } from "#simulate/plan.ts";
import {
  answeredAll,
  countsAddUp,
  type Finding,
  neverOverAdmits,
  receiptsAgree,
  seenOnTheWay,
} from "#simulate/promises.ts";
import { Random } from "#simulate/random.ts";
import type { World } from "#simulate/scenario.ts";
import { CAMPAIGN_COUNTRY, requireCaps, type Scene, setStage, strikeStage } from "#simulate/stage.ts";
import { type Product, playVisit, type Surroundings } from "#simulate/visitors.ts";
import { Wire } from "#simulate/wire.ts";

interface Day extends World {
  api: ConsoleApi;
  around: Surroundings;
  scenes: Scene[];
  visits: Visit[];
}

/** A launch day of the EU first wave, midnight to midnight: a campaign runs into its cap, and one country is paused and resumed. */
export async function launchDay(world: World): Promise<Finding[]> {
  const { options, left } = world;
  const api = new ConsoleApi(options.consoleUrl, options.key);
  const products = productsOf(options);
  const scenes: Scene[] = [];
  await requireCaps(api);
  try {
    const expected = demands((options.volume * options.hours) / 24);
    await setStage({
      api,
      demands: expected,
      activate: options.activate,
      scenes,
      gate: (code) => gateOf(products, code),
    });
    if (scenes.length === 0) throw new SimulationError("None of the first wave's countries is listed here.");
    const campaign = campaignOf(options, scenes);
    const day = {
      ...world,
      api,
      scenes,
      around: surroundingsOf(world, products, scenes),
      visits: plan(options, scenes, campaign),
    };
    announce(day);
    return await playTracked(day, campaign);
  } finally {
    left.push(...(await strikeStage(api, scenes, options.keep)));
  }
}

function productsOf({ url, key, volume }: Options): Map<string, Product> {
  return new Map(
    demands(volume).map(({ code }) => {
      const wire = new Wire();
      const gate = createGantry({
        url,
        key,
        failModes: { user: "closed", creator: "closed" },
        unknownCountry: "refuse",
        timeout: 5000,
        fetch: wire.fetch,
      });
      return [code, { gate, wire, timeZone: "UTC" }];
    }),
  );
}

function gateOf(products: Map<string, Product>, code: CountryCode): Gantry {
  const product = products.get(code);
  if (product === undefined) throw new SimulationError(`${code} isn't part of this day.`);
  return product.gate;
}

function surroundingsOf(
  { options, signal }: World,
  products: Map<string, Product>,
  scenes: Scene[],
): Surroundings {
  const evidence = new Evidence(new Random(options.seed + 1));
  const staged = scenes.flatMap(({ code, start }): [string, Product][] => {
    const product = products.get(code);
    return product === undefined ? [] : [[code, { ...product, timeZone: start.time_zone }]];
  });
  return {
    products: new Map(staged),
    ledger: new Ledger(),
    evidence,
    lanes: new Lanes(options.concurrency),
    pause: new PauseWindow(evidence.paused),
    campaign: null,
    runId: `simulate-${randomUUID().slice(0, 8)}`,
    speed: options.speed,
    signal,
  };
}

function campaignOf({ activate }: Options, scenes: Scene[]): Campaign | undefined {
  const target = scenes.find(({ code }) => activate && code === CAMPAIGN_COUNTRY);
  return target === undefined ? undefined : { code: target.code, signUps: target.demand.user * 0.9 + 20 };
}

function plan({ seed, volume, hours }: Options, scenes: Scene[], campaign: Campaign | undefined): Visit[] {
  const played = new Set<string>(scenes.map(({ code }) => code));
  return planDay(new Random(seed), {
    demands: demands(volume).filter(({ code }) => played.has(code)),
    campaign,
    hours,
  });
}

/** Plays the day and judges it, its campaign among it, and ends the campaign whatever happens. */
async function playTracked(day: Day, campaign: Campaign | undefined): Promise<Finding[]> {
  const { options, api, around, left } = day;
  if (campaign !== undefined) {
    const seconds = (options.hours * 3600) / options.speed;
    around.campaign = await TrackedCampaign.open(api, day, { ...campaign, runId: around.runId, seconds });
  }
  try {
    await play(day);
    return [...(await judge(day)), ...((await around.campaign?.judge(day)) ?? [])];
  } finally {
    if (around.campaign !== null) left.push(await around.campaign.end());
  }
}

function announce({ options, scenes, visits, around }: Day): void {
  const { seed, speed, url, hours } = options;
  const seconds = Math.round((hours * 3600) / speed);
  print(`${paint("bold", "A launch day")} over ${url}, ${visits.length} visits in about ${seconds} s`);
  print(`  seed ${seed}, run ${around.runId}; the same seed brings the same traffic`);
  for (const changed of ["opened", "raised"] as const) {
    const codes = scenes.filter((scene) => scene.changed === changed).map(({ code }) => code);
    const what = changed === "opened" ? "opened for the run" : "caps raised for the run";
    if (codes.length > 0) print(`  ${codes.join(" ")}: ${what}`);
  }
  print();
}

async function play(day: Day): Promise<void> {
  const { options, around, scenes, signal } = day;
  const wires = new Map([...around.products].map(([code, { wire }]) => [code, wire]));
  const startedAt = performance.now();
  const hour = () => Math.min(((performance.now() - startedAt) * options.speed) / 3_600_000, options.hours);
  const until = async (at: number) => {
    const wait = ((at - hour()) * 3_600_000) / options.speed;
    if (wait > 1) await sleep(wait, undefined, { signal }).catch(() => undefined);
  };
  const endLive = showLive({
    plain: options.plain,
    ledger: around.ledger,
    wires,
    progress: () => ({ share: hour() / options.hours, clock: clockOf(hour()) }),
  });
  try {
    if (options.activate) {
      around.lanes.follow(until(options.hours * 0.55).then(() => pauseMidRun(day.api, around, scenes)));
    }
    await sendAll(day, wires, until);
    await around.lanes.settled();
  } finally {
    endLive();
    if (signal.aborted) print(paint("yellow", "\nStopped early: this is the report so far."));
  }
}

async function sendAll(
  { options, around, visits, signal }: Day,
  wires: Map<string, Wire>,
  until: (hour: number) => Promise<void>,
): Promise<void> {
  for (const [number, visit] of visits.entries()) {
    await until(visit.hour);
    const sent = [...wires.values()].reduce((sum, wire) => sum + wire.sent, 0);
    if (signal.aborted || sent >= options.maxRequests) return;
    around.lanes.follow(playVisit(around, visit, number));
  }
}

function clockOf(hour: number): string {
  const minutes = Math.floor(hour * 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

async function judge({ around, scenes, options }: Day): Promise<Finding[]> {
  const { ledger, evidence, products } = around;
  const readings = new Map(
    await Promise.all(
      scenes.map(async ({ code, start }) => {
        const end = await gateOf(products, code).capacity(code);
        return [code, { start, end }] as const;
      }),
    ),
  );
  return [
    neverOverAdmits(ledger, readings),
    countsAddUp(ledger, readings, options.shared),
    ...seenOnTheWay(evidence),
    await receiptsAgree(evidence, (code) => products.get(code)?.gate),
    answeredAll(ledger),
  ];
}
