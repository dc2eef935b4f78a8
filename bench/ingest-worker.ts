import { randomUUID } from "node:crypto";
import { once } from "node:events";
import postgres from "postgres";
import { connect } from "#lib/db/connect.ts";
import { askEvents } from "#lib/signals/ask-events.ts";
import { parseEvent } from "#lib/signals/parse-event.ts";
import { hashKey } from "#lib/workspace/key-format.ts";
import { EVENTS, eventOf } from "./ingest.ts";
import { closedLoop } from "./measure.ts";

// Batches of events in a process of its own: `node bench/ingest-worker.ts <job as JSON>` prints its result as JSON, its rate in events.

export interface IngestJob {
  design: "report" | "copy";
  adminUrl: string;
  apiKey: string;
  workspaceId: string;
  connections: number;
  seconds: { warm: number; measured: number };
}

/** One batch over a connection of its own; each event's id is new. */
type Send = () => Promise<void>;

const run = randomUUID();
let drawn = 0;

function newId(): string {
  drawn += 1;
  return `${run}-${drawn}`;
}

function reporter({ apiKey }: IngestJob): Send {
  const keyHash = hashKey(apiKey);
  const sql = connect("bench", 1);
  const parsed = parseEvent(eventOf("id"));
  if ("errors" in parsed) throw new Error("the event of the bench is not one");
  return async () => {
    const rows = Array.from({ length: EVENTS }, () => ({ ...parsed.row, id: newId() }));
    const [letters] = await askEvents(sql, [{ keyHash, rows }]);
    if (letters !== "a".repeat(EVENTS)) throw new Error("an event was not accepted");
  };
}

function copier({ adminUrl, workspaceId }: IngestJob): Send {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  return async () => {
    const now = new Date().toISOString();
    const lines = Array.from({ length: EVENTS }, () => {
      const id = newId();
      return `${workspaceId}\t${now}\t${now}\tpurchase.completed\t/shop/checkout\t${id}\tPL\taccount-42\t499\tPLN\t${id}\n`;
    });
    const stream = await sql`
      copy bench.events (workspace_id, occurred_at, received_at, type, source, event_id, country, subject, amount_minor, currency, key)
      from stdin`.writable();
    const ended = once(stream, "finish");
    stream.end(lines.join(""));
    await ended;
  };
}

async function main(job: IngestJob): Promise<void> {
  const make = { report: reporter, copy: copier }[job.design];
  const free = Array.from({ length: job.connections }, () => make(job));
  for (const send of free) await send();
  const result = await closedLoop(job.connections, job.seconds, async () => {
    const send = free.pop();
    if (send === undefined) throw new Error("no connection is free");
    await send();
    free.push(send);
  });
  const whole = { ...result, rate: (result.rate ?? 0) * EVENTS };
  process.stdout.write(`${JSON.stringify(whole)}\n`, () => process.exit(0));
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? "{}") as IngestJob);
