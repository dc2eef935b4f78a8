import type { Result } from "./measure.ts";
import { makeMission } from "./mission-data.ts";
import { startNext } from "./next-app.ts";
import type { Place } from "./place.ts";

const WARM = 5;
const TIMES = 40;

/** Asks for the page and reads it to its end. Throws when it isn't mission control with what was put into it. */
async function ask(port: number): Promise<number> {
  const from = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}/mission`);
  const page = await response.text();
  const took = performance.now() - from;
  for (const words of ["Fullest caps today", "campaign-0", "Bench alert", "Launch success"]) {
    if (!page.includes(words))
      throw new Error(`mission control was answered ${response.status} without "${words}"`);
  }
  return took;
}

/**
 * Mission control from the request to the last byte, one request after another, with eight countries, 90 days of hourly KPIs and five million
 * events: its queries as its owner, row policies included, and its rendering. The session's own look-up is not in it.
 */
export async function renderMission(place: Place): Promise<Result> {
  const mission = await makeMission(place);
  const server = await startNext(place, { BENCH_MISSION: JSON.stringify(mission) });
  try {
    const times: number[] = [];
    for (let turn = 0; turn < WARM + TIMES; turn += 1) {
      const took = await ask(server.port);
      if (turn >= WARM) times.push(took);
    }
    const sorted = times.toSorted((a, b) => a - b);
    return { rate: null, p50: sorted[TIMES / 2] ?? Number.NaN, p99: sorted.at(-1) ?? Number.NaN };
  } finally {
    await server.stop();
  }
}
