import { setTimeout as sleep } from "node:timers/promises";
import { print } from "#simulate/board.ts";
import { SimulationError } from "#simulate/options.ts";
import type { Finding } from "#simulate/promises.ts";
import type { World } from "#simulate/scenario.ts";
import { openFor, openTheatre, type Theatre } from "#simulate/theatre.ts";
import { inTime, seen, waitFor } from "#simulate/watch.ts";

const COUNTRY = "PT";
const MEASUREMENT = "webrtc_sessions";
// The default limit is 10,000: 131 % of it, and well below 80 % of every level's entry.
const OVERLOADED = 13_100;
const CALM = 5_000;
const RISE_WITHIN = 90;
// Three calm evaluations a minute apart, for the level to fall to 0, and a minute's grace.
const FALL_WITHIN = 420;
const REPORT_EVERY_MS = 2000;

/** Too many sessions at once, then calm: the throttle rises within a minute, refuses what yields, and falls without flapping. */
export async function overload(world: World): Promise<Finding[]> {
  const theatre = await openTheatre(world, "Overload: 13,100 sessions on a limit of 10,000", [
    "launch.autoThrottle",
  ]);
  const before = await theatre.api.throttle();
  if (before.level > 0 || before.forced_until !== null) {
    throw new SimulationError(`The throttle stands at level ${before.level} already. Wait until it is at 0.`);
  }
  await openFor(world, theatre, COUNTRY);
  const levels = [0];
  const reporter = report(theatre, world.signal);
  try {
    return [...(await rise(world, theatre, levels)), ...(await fall(world, theatre, levels, reporter.calm))];
  } finally {
    await reporter.stop();
  }
}

/** Says how many sessions there are, every two seconds. */
function report({ api }: Theatre, signal: AbortSignal) {
  const stop = new AbortController();
  let value = OVERLOADED;
  const done = (async () => {
    while (!stop.signal.aborted && !signal.aborted) {
      await api.measure(MEASUREMENT, value);
      await sleep(REPORT_EVERY_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  })();
  return {
    async calm() {
      value = CALM;
      await api.measure(MEASUREMENT, value);
    },
    async stop() {
      stop.abort();
      await done;
    },
  };
}

async function watchLevel({ api }: Theatre, levels: number[], wanted: number): Promise<number | null> {
  const { level } = await api.throttle();
  if (level !== levels.at(-1)) levels.push(level);
  return level === wanted ? level : null;
}

async function rise(world: World, theatre: Theatre, levels: number[]): Promise<Finding[]> {
  const risen = await waitFor("level 3", RISE_WITHIN, world, () => watchLevel(theatre, levels, 3));
  const ask = (operation: string) => theatre.gate.check({ country: COUNTRY, operation });
  const answers = await Promise.all([ask("user"), ask("creator"), ask("payment")]);
  const alerts = (await theatre.api.openAlerts("load")).filter(({ subject_id: id }) => id === MEASUREMENT);
  return [
    inTime("an overload raises the throttle to 3", RISE_WITHIN, risen),
    seen(
      "at level 3 users, creators and payments yield",
      answers.every(({ reason }) => reason === "throttled"),
      answers.map(({ operation, reason }) => `${operation} ${reason}`).join(", "),
    ),
    seen(
      "one critical alert says so",
      alerts.length === 1 && alerts[0]?.severity === "critical",
      `${alerts.length} open: ${alerts[0]?.title ?? "none"}`,
    ),
  ];
}

async function fall(
  world: World,
  theatre: Theatre,
  levels: number[],
  calm: () => Promise<void>,
): Promise<Finding[]> {
  print("  calm again: 5,000 sessions");
  await calm();
  const fallen = await waitFor("level 0", FALL_WITHIN, world, () => watchLevel(theatre, levels, 0));
  const answer = await theatre.gate.check({ country: COUNTRY, operation: "user" });
  const rises = levels.slice(1).filter((level, at) => level > (levels[at] ?? 0)).length;
  const open = (await theatre.api.openAlerts("load")).filter(({ subject_id: id }) => id === MEASUREMENT);
  return [
    inTime("three calm minutes bring it back to 0", FALL_WITHIN, fallen),
    seen("it rose once and did not flap", rises === 1, levels.join(" → ")),
    seen("users are let in again", answer.allowed, answer.reason),
    seen("the alert has ended by itself", open.length === 0, `${open.length} open`),
  ];
}
