import { randomBytes } from "node:crypto";
import { startCron } from "#stack/cron.ts";
import { runJob } from "./children.ts";
import { Durations, type Result } from "./measure.ts";
import type { OutboxJob } from "./outbox-worker.ts";
import type { Place } from "./place.ts";

const WARM = 2000;

/**
 * So many due jobs worked off by one process, each committed: the rate in jobs, and how long after the first claim a job was done. A job does
 * nothing, so this is what claiming and settling cost.
 */
export async function drain(place: Place, design: OutboxJob["design"], jobs: number): Promise<Result> {
  const channelId = design === "deliveries" ? await makeChannel(place) : "";
  const job: OutboxJob = {
    design,
    jobs,
    warm: WARM,
    channelId,
    adminUrl: place.adminUrl,
    workspaceId: place.workspaceId,
  };
  const env = { DATABASE_URL: place.serviceUrl, GANTRY_LOG_LEVEL: "error" };
  return runJob(place.root, "bench/outbox-worker.ts", job, env);
}

/** A webhook's channel, which nothing is sent to. */
export function makeChannel(place: Place): Promise<string> {
  return place.asOwner(async (sql) => {
    const secret = `whsec_${randomBytes(32).toString("base64")}`;
    const [made] = await sql<{ id: string }[]>`
      select app.create_channel(${place.workspaceId}, 'webhook', ${randomBytes(4).toString("hex")}, ${secret}, 'https://example.com/hook',
        null, array['alert.opened'], 'warning', null) as id`;
    return made?.id ?? "";
  });
}

const TICKERS = 8;
const TICKS = 10;
const TICK_MS = 1000;

/** How late the local scheduler's jobs are: eight that are due each second, beside the engine's own. */
export async function tickLateness(place: Place): Promise<Result> {
  const { admin } = place;
  await admin.unsafe(
    "create table bench.ticks (ticker int not null, at timestamptz not null default clock_timestamp())",
  );
  for (let ticker = 0; ticker < TICKERS; ticker++) {
    await admin`select cron.schedule(${`bench:${ticker}`}, '1 second', ${`insert into bench.ticks (ticker) values (${ticker})`})`;
  }
  const cron = await startCron({ databaseUrl: place.adminUrl, log: () => undefined });
  const startedAt = new Date();
  await new Promise((resolve) => setTimeout(resolve, (TICKS + 1) * TICK_MS));
  await cron.stop();
  await admin`select cron.unschedule(jobname) from cron.job where jobname like 'bench:%'`;
  const ticks = await admin<{ late: number }[]>`
    select extract(epoch from at - coalesce(lag(at) over (partition by ticker order by at), ${startedAt}))::float8 * 1000 - ${TICK_MS} as late
    from bench.ticks`;
  if (ticks.length < TICKERS) throw new Error("a job never ran");
  const lateness = new Durations();
  for (const { late } of ticks) lateness.add(Math.max(late, 0));
  return { rate: null, p50: lateness.quantile(0.5), p99: lateness.quantile(0.99) };
}
