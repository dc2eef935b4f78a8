import { randomUUID } from "node:crypto";
import pg from "pg";
import postgres from "postgres";
import { RateLimiterPostgres } from "rate-limiter-flexible";
import { checkCap, closeCaps } from "#lib/launch/caps.ts";
import { CountryCode } from "#lib/launch/schema.ts";
import { OPERATIONS } from "#lib/launch/vocabulary.ts";
import { hashKey } from "#lib/workspace/key-format.ts";
import { closedLoop } from "./measure.ts";

// One design of the cap check in a process of its own: `node bench/engine-worker.ts <job as JSON>` prints its result as JSON.

export interface EngineJob {
  design: "batch" | "limiter" | "naive";
  adminUrl: string;
  apiKey: string;
  /** The countries asked about in turn at random, each with its three operations; one country: its users alone. */
  countries: string[];
  callers: number;
  seconds: { warm: number; measured: number };
  /** When to begin, in milliseconds since 1970, so that several processes measure the same seconds. */
  startAt?: number;
  /** Whether a pause is an answer like any other; else it ends the run. */
  pauses?: boolean;
}

const LIMITER_POOL = 10;
const NAIVE_POOL = 20;

interface Asker {
  ask(): Promise<unknown>;
  close(): Promise<void>;
}

function pick({ countries }: EngineJob): {
  place: number;
  country: string;
  operation: (typeof OPERATIONS)[number];
} {
  const single = countries.length === 1;
  const at = single ? 0 : Math.floor(Math.random() * countries.length);
  const which = single ? 0 : Math.floor(Math.random() * OPERATIONS.length);
  return {
    place: at * OPERATIONS.length + which,
    country: countries[at] ?? "",
    operation: OPERATIONS[which] ?? "user",
  };
}

function batch(job: EngineJob): Asker {
  const keyHash = hashKey(job.apiKey);
  const codes = new Map(job.countries.map((code) => [code, CountryCode.parse(code)]));
  return {
    async ask() {
      const { country, operation } = pick(job);
      const code = codes.get(country);
      if (code === undefined) throw new Error("no such country");
      const { answer } = await checkCap(keyHash, randomUUID(), { country: code, operation, units: 1 });
      const expected = answer.allowed || (job.pauses === true && answer.reason === "paused");
      if (!expected) throw new Error(`refused: ${answer.reason}`);
    },
    close: closeCaps,
  };
}

function limiter(job: EngineJob): Asker {
  const pool = new pg.Pool({ connectionString: job.adminUrl, max: LIMITER_POOL });
  const limits = new RateLimiterPostgres({
    storeClient: pool,
    storeType: "pool",
    schemaName: "bench",
    tableName: "limits",
    tableCreated: true,
    keyPrefix: "cap",
    points: 100_000_000,
    duration: 86_400,
    clearExpiredByTimeout: false,
  });
  return { ask: () => limits.consume(String(pick(job).place)), close: () => pool.end() };
}

function naive(job: EngineJob): Asker {
  const sql = postgres(job.adminUrl, { max: NAIVE_POOL });
  return {
    ask: () => sql`
      with counted as (
        update bench.counters set used = used + 1 where id = ${pick(job).place} and used + 1 <= cap returning id
      ), kept as (
        insert into bench.receipts (id, counter_id, units, decided_at)
        select ${randomUUID()}::uuid, id, 1, now() from counted returning id
      )
      insert into bench.keys (key, receipt_id) select ${randomUUID()}, id from kept`,
    close: () => sql.end(),
  };
}

async function main(job: EngineJob): Promise<void> {
  const asker = { batch, limiter, naive }[job.design](job);
  await asker.ask();
  const wait = (job.startAt ?? 0) - Date.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  const result = await closedLoop(job.callers, job.seconds, () => asker.ask());
  await asker.close();
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? "{}") as EngineJob);
