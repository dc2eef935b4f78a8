import { freePort } from "#stack/ports.ts";
import { runJob, startServer } from "./children.ts";
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

function through(url: string, port: number): string {
  const address = new URL(url);
  address.port = String(port);
  return address.href;
}

/**
 * 64 callers in one process on one counter, with Postgres over a link that is a millisecond longer and on a disk that flushes a
 * millisecond later: Postgres waits so long before each flush, of which many commits may share one.
 */
export async function askFarAway(place: Place, design: Design): Promise<Result> {
  const port = await freePort();
  const { port: from } = new URL(place.adminUrl);
  const link = await startServer(place.root, ["bench/slow-link.ts", String(port), from], port, {});
  const flush = async (late: number, alone: number) => {
    await place.admin.unsafe(`alter system set commit_delay = ${late}`);
    await place.admin.unsafe(`alter system set commit_siblings = ${alone}`);
    await place.admin`select pg_reload_conf()`;
  };
  await flush(1000, 0);
  try {
    const far = {
      ...place,
      adminUrl: through(place.adminUrl, port),
      serviceUrl: through(place.serviceUrl, port),
    };
    return await runEngine(far, { design });
  } finally {
    await flush(0, 5);
    await link.stop();
  }
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
