import { Logger, run as runGraphile, runMigrations } from "graphile-worker";
import PgBoss from "pg-boss";
import postgres from "postgres";
import { connect } from "#lib/db/connect.ts";
import { Durations } from "./measure.ts";

// One design of a queue of jobs in a process of its own: `node bench/outbox-worker.ts <job as JSON>` prints its result as JSON.

export interface OutboxJob {
  design: "deliveries" | "graphile" | "boss";
  /** Due jobs to work off. */
  jobs: number;
  /** Jobs worked off before, to warm up. */
  warm: number;
  channelId: string;
  adminUrl: string;
  workspaceId: string;
}

/** A queue that can be filled and worked off until it is empty. */
interface Queue {
  fill(jobs: number): Promise<unknown>;
  /** Calls `done` for each job. */
  drain(jobs: number, done: () => void): Promise<void>;
}

/** As supabase/functions/outbox claims. */
const BATCH = 500;

interface Claimed {
  id: string;
  attempt: number;
}

function deliveries({ adminUrl, workspaceId, channelId }: OutboxJob): Queue {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  const sql = connect("bench", 1);
  return {
    async fill(jobs) {
      await admin`
        with told as (
          insert into app.messages (workspace_id, type, subject, data)
          select ${workspaceId}, 'alert.opened', 'alert:' || i, jsonb_build_object('id', i) from generate_series(1, ${jobs}) i
          returning id, subject
        )
        insert into app.deliveries (workspace_id, channel_id, message_id, subject)
        select ${workspaceId}, ${channelId}, id, subject from told`;
      await admin`vacuum analyze app.deliveries`;
    },
    async drain(_jobs, done) {
      for (;;) {
        const claimed = await sql<Claimed[]>`select * from app.claim_deliveries(${BATCH})`;
        if (claimed.length === 0) return;
        const each = <T>(value: T) => claimed.map(() => value);
        await sql`select app.settle_deliveries(${claimed.map(({ id }) => id)}::bigint[], ${claimed.map(({ attempt }) => attempt)}::int[],
          ${each("delivered")}::text[], ${each(200)}::int[], ${each(null)}::text[], ${each(null)}::text[], ${each(1)}::int[], ${each(null)}::int[])`;
        for (let at = 0; at < claimed.length; at++) done();
      }
    },
  };
}

const GRAPHILE_AT_ONCE = 24;
const silent = new Logger(() => () => undefined);

/** graphile-worker with its local queue of 500, completions in batches, as its own measurements have it. */
async function graphile({ adminUrl }: OutboxJob): Promise<Queue> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  await runMigrations({ connectionString: adminUrl, logger: silent });
  return {
    async fill(jobs) {
      await admin`
        select graphile_worker.add_job('nothing', json_build_object('id', i)) from generate_series(1, ${jobs}) i`;
      await admin`vacuum analyze graphile_worker._private_jobs`;
    },
    async drain(jobs, done) {
      const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
      let left = jobs;
      const runner = await runGraphile({
        connectionString: adminUrl,
        logger: silent,
        maxPoolSize: 10,
        noHandleSignals: true,
        preset: {
          worker: {
            concurrentJobs: GRAPHILE_AT_ONCE,
            localQueue: { size: 500 },
            completeJobBatchDelay: 0,
            failJobBatchDelay: 0,
          },
        },
        taskList: {
          nothing() {
            done();
            left -= 1;
            if (left === 0) finish();
          },
        },
      });
      await finished;
      await runner.stop();
    },
  };
}

const BOSS_BATCH = 100;
const BOSS_AT_ONCE = 4;

/** pg-boss: batches of 100 fetched and completed, four at a time. */
async function boss({ adminUrl }: OutboxJob): Promise<Queue> {
  const queue = new PgBoss({
    connectionString: adminUrl,
    supervise: false,
    schedule: false,
    max: BOSS_AT_ONCE,
  });
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  await queue.start();
  await queue.createQueue("nothing");
  return {
    async fill(jobs) {
      await queue.insert(Array.from({ length: jobs }, (_, id) => ({ name: "nothing", data: { id } })));
      await admin`vacuum analyze pgboss.job`;
    },
    async drain(_jobs, done) {
      const work = async () => {
        for (;;) {
          const fetched = await queue.fetch("nothing", { batchSize: BOSS_BATCH });
          if (fetched.length === 0) return;
          await queue.complete(
            "nothing",
            fetched.map(({ id }) => id),
          );
          for (let at = 0; at < fetched.length; at++) done();
        }
      };
      await Promise.all(Array.from({ length: BOSS_AT_ONCE }, work));
    },
  };
}

async function main(job: OutboxJob): Promise<void> {
  const queue = await { deliveries, graphile, boss }[job.design](job);
  await queue.fill(job.warm);
  await queue.drain(job.warm, () => undefined);
  await queue.fill(job.jobs);
  const durations = new Durations();
  const from = performance.now();
  await queue.drain(job.jobs, () => durations.add(performance.now() - from));
  const seconds = (performance.now() - from) / 1000;
  if (durations.count !== job.jobs) throw new Error(`${durations.count} of ${job.jobs} jobs were done`);
  const result = { rate: job.jobs / seconds, p50: durations.quantile(0.5), p99: durations.quantile(0.99) };
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? "{}") as OutboxJob);
