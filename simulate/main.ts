import { paint, print } from "./board.ts";
import { HELP, readOptions, SimulationError } from "./options.ts";
import type { Finding } from "./promises.ts";
import type { Scenario } from "./scenario.ts";

const SCENARIOS: Record<string, () => Promise<Scenario>> = {
  "launch-day": async () => (await import("./scenarios/launch-day.ts")).launchDay,
  overload: async () => (await import("./scenarios/overload.ts")).overload,
  "device-farm": async () => (await import("./scenarios/device-farm.ts")).deviceFarm,
  "creator-ring": async () => (await import("./scenarios/creator-ring.ts")).creatorRing,
  chargebacks: async () => (await import("./scenarios/chargebacks.ts")).chargebacks,
  "safety-crisis": async () => (await import("./scenarios/safety-crisis.ts")).safetyCrisis,
};

/** `npm run simulate`: plays a scenario and ends with 0 when every promise was kept, with 1 and its name when one was broken. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === null) {
    print(HELP);
    return 0;
  }
  const load = SCENARIOS[options.scenario];
  if (load === undefined) {
    throw new SimulationError(
      `There is no scenario "${options.scenario}". There is: ${Object.keys(SCENARIOS).join(", ")}.`,
    );
  }
  const left: string[] = [];
  try {
    const play = await load();
    return report(await play({ options, signal: stopSignal(), left }));
  } finally {
    if (left.length > 0) print(`\n${paint("bold", "What the run leaves behind")}`);
    for (const sentence of left) print(`  ${sentence}`);
  }
}

/** First Ctrl-C: bring it to an end and report. Second: end at once. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(130);
      stop.abort();
    });
  }
  return stop.signal;
}

function report(findings: Finding[]): number {
  print(`\n${paint("bold", "Promises, checked from outside")}`);
  const marks = {
    true: paint("green", "kept    "),
    false: paint("red", "BROKEN  "),
    null: paint("dim", "untried "),
  };
  for (const { promise, kept, evidence } of findings) {
    print(`  ${marks[`${kept}`]} ${promise}: ${evidence[0] ?? ""}`);
    for (const more of evidence.slice(1)) print(`             ${more}`);
  }
  const broken = findings.filter(({ kept }) => kept === false).map(({ promise }) => promise);
  if (broken.length > 0) print(paint("red", `\nBroken: ${broken.join("; ")}`));
  return broken.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof SimulationError)) throw error;
  print(`\n  ${error.message}\n`);
  process.exitCode = 1;
}
