import { runJob } from "./children.ts";
import type { EngineJob } from "./engine-worker.ts";
import type { Result } from "./measure.ts";
import type { Place } from "./place.ts";

type Design = EngineJob["design"];

const SECONDS = { warm: 1.5, measured: 4 };
const CALLERS = 64;
/** Milliseconds that a process may take from its start to its first question when so many start at once. */
const START_EACH = 700;

/** Runs a job of the engine in a process of its own. */
export function runEngine(
  place: Place,
  job: Partial<EngineJob> & Pick<EngineJob, "design">,
): Promise<Result> {
  return runJob(
    place.root,
    "bench/engine-worker.ts",
    {
      countries: ["PL"],
      callers: CALLERS,
      adminUrl: place.adminUrl,
      apiKey: place.apiKey,
      seconds: SECONDS,
      ...job,
    },
    { DATABASE_URL: place.serviceUrl, GANTRY_LOG_LEVEL: "error" },
  );
}

/** 64 callers in one process; every design on one counter or on 300. */
export function askEngine(place: Place, design: Design, counters: 1 | 300): Promise<Result> {
  return runEngine(place, { design, countries: counters === 1 ? ["PL"] : place.countries });
}

/** 64 callers spread over several processes, on one counter, in the same seconds. p50 and p99 are the worst process's. */
export async function askFromMany(place: Place, design: Design, processes: number): Promise<Result> {
  const startAt = Date.now() + processes * START_EACH;
  const job = { design, callers: CALLERS / processes, startAt };
  const results = await Promise.all(Array.from({ length: processes }, () => runEngine(place, job)));
  return {
    rate: results.reduce((sum, result) => sum + (result.rate ?? 0), 0),
    p50: Math.max(...results.map((result) => result.p50)),
    p99: Math.max(...results.map((result) => result.p99)),
  };
}
