import { setTimeout as sleep } from "node:timers/promises";
import type { ConsoleApi } from "./console-api.ts";
import type { Visit } from "./plan.ts";
import type { Scene } from "./stage.ts";
import { playVisit, type Surroundings } from "./visitors.ts";

const COUNTRY = "CZ";
const CHECKS = 30;
const LASTS_MS = 1500;
const REASON = "Launch-day simulation: a pause in the middle of the day";

/** Pauses one open country, asks on while it is paused, and resumes it. */
export async function pauseMidRun(api: ConsoleApi, around: Surroundings, scenes: Scene[]): Promise<void> {
  const open = scenes.filter(({ start }) => start.phase !== "pause" && start.phase !== "not_launched");
  const scene = open.find(({ code }) => code === COUNTRY) ?? open[0];
  if (scene === undefined || around.signal.aborted) return;
  await api.pause(scene.code, REASON);
  try {
    around.pause.open(scene.code);
    await Promise.all(
      Array.from({ length: CHECKS }, async (_, number) => {
        await sleep((LASTS_MS / CHECKS) * number);
        await playVisit(around, extraVisit(scene, number), `pause-${number}`);
      }),
    );
    await around.pause.close();
  } finally {
    scene.version = await api.resume(scene.code, REASON);
  }
}

function extraVisit({ code }: Scene, number: number): Visit {
  return {
    hour: 0,
    country: code,
    operation: number % 5 === 0 ? "creator" : "user",
    asking: number % 10 === 0 ? "twice_at_once" : "once",
    fails: false,
    takes: 1,
  };
}
