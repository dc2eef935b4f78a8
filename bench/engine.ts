import { runJob } from "./children.ts";
import type { EngineJob } from "./engine-worker.ts";
import type { Result } from "./measure.ts";
import type { Place } from "./place.ts";

const SECONDS = { warm: 2, measured: 5 };
const CALLERS = 64;
const PROCESSES = 4;

function run(place: Place, job: Pick<EngineJob, "design" | "countries" | "callers">): Promise<Result> {
  return runJob(
    place.root,
    "bench/engine-worker.ts",
    { ...job, adminUrl: place.adminUrl, apiKey: place.apiKey, seconds: SECONDS },
    { DATABASE_URL: place.serviceUrl, GANTRY_LOG_LEVEL: "error" },
  );
}

/** 64 callers in one process; every design on one counter or on 300. */
export function askEngine(place: Place, design: EngineJob["design"], counters: 1 | 300): Promise<Result> {
  return run(place, { design, countries: counters === 1 ? ["PL"] : place.countries, callers: CALLERS });
}

/** The batch from four processes at once, 16 callers each, on one counter. p50 and p99 are the worst process's. */
export async function askFromFour(place: Place): Promise<Result> {
  const job = { design: "batch" as const, countries: ["PL"], callers: CALLERS / PROCESSES };
  const results = await Promise.all(Array.from({ length: PROCESSES }, () => run(place, job)));
  return {
    rate: results.reduce((sum, result) => sum + result.rate, 0),
    p50: Math.max(...results.map((result) => result.p50)),
    p99: Math.max(...results.map((result) => result.p99)),
  };
}
