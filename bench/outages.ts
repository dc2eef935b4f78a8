import { randomUUID } from "node:crypto";
import type { Server } from "./children.ts";
import { runEngine } from "./engine.ts";
import { askOnce, startGate } from "./http.ts";
import type { Result } from "./measure.ts";
import type { Place } from "./place.ts";

const PAUSES = 10;
const KILLS = 3;
const PAUSE_FOR = 100;
const LOAD = { warm: 1, measured: 4 };
/** Milliseconds until the load's process asks. */
const UNDER_WAY = 2000;

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Times of single events: the median as p50, the worst as p99. */
function timesOf(times: number[], rate: number | null = null): Result {
  const sorted = times.toSorted((a, b) => a - b);
  return { rate, p50: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN, p99: sorted.at(-1) ?? Number.NaN };
}

/**
 * Pauses a country while 64 callers ask for it, ten times. The time is from the operator's call to its acknowledgement. Throws when a check
 * that began after an acknowledgement was granted.
 */
export async function pauseUnderLoad(place: Place): Promise<Result> {
  const load = runEngine(place, { design: "batch", pauses: true, seconds: LOAD });
  // Heard of where it is awaited, below.
  load.catch(() => undefined);
  await wait(UNDER_WAY);
  const times: number[] = [];
  for (let pause = 0; pause < PAUSES; pause++) {
    const from = performance.now();
    await place.asOwner((sql) => sql`select launch.pause_country(${place.workspaceId}, 'PL', 'bench')`);
    times.push(performance.now() - from);
    const [paused] = await place.admin<{ at: Date }[]>`select clock_timestamp() as at`;
    await wait(PAUSE_FOR);
    const [slipped] = await place.admin<{ checks: number }[]>`
      select count(*)::int as checks from launch.receipts r
      where r.workspace_id = ${place.workspaceId} and r.country = 'PL' and r.allowed and r.decided_at > ${paused?.at ?? 0}`;
    await place.asOwner((sql) => sql`select launch.resume_country(${place.workspaceId}, 'PL')`);
    if (slipped?.checks !== 0) throw new Error(`${slipped?.checks} checks were granted after the pause`);
  }
  return timesOf(times, (await load).rate);
}

async function untilAnswered(place: Place, server: Server): Promise<void> {
  const until = performance.now() + 60_000;
  while ((await askOnce(place, server.port, randomUUID())) !== 200) {
    if (performance.now() > until) throw new Error("no answer within a minute");
    await wait(5);
  }
}

/** kill -9 of the gate, which is started again at once as a supervisor would: until its first answer. */
export async function killGate(place: Place): Promise<Result> {
  let gate = await startGate(place);
  const times: number[] = [];
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      await untilAnswered(place, gate);
      const from = performance.now();
      await gate.kill();
      gate = await startGate(place, gate.port);
      await untilAnswered(place, gate);
      times.push(performance.now() - from);
    }
  } finally {
    await gate.stop();
  }
  return timesOf(times);
}

/**
 * kill -9 of every Postgres process under 64 callers, started again at once: until the same gate's first answer. A checkpoint comes
 * first: what recovery has to repeat is what was written since.
 */
export async function killPostgres(place: Place): Promise<Result> {
  const gate = await startGate(place);
  const times: number[] = [];
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      await place.admin`checkpoint`;
      const load = runEngine(place, { design: "batch", seconds: LOAD }).catch(() => undefined);
      await wait(UNDER_WAY);
      const from = performance.now();
      await place.crash();
      await untilAnswered(place, gate);
      times.push(performance.now() - from);
      await load;
    }
  } finally {
    await gate.stop();
  }
  return timesOf(times);
}
