import { runJob } from "./children.ts";
import type { IngestJob } from "./ingest-worker.ts";
import type { Result } from "./measure.ts";
import type { Place } from "./place.ts";

/** Events in a batch. */
export const EVENTS = 1000;

const SECONDS = { warm: 1, measured: 4 };

/** The event that each design takes in, under a new id each time. */
export function eventOf(id: string) {
  return {
    specversion: "1.0",
    id,
    source: "/shop/checkout",
    type: "purchase.completed",
    subject: "account-42",
    data: { country: "PL", amount: { minor: 499, currency: "PLN" } },
  };
}

/**
 * Batches of 1,000 events over so many connections, each batch committed before the next: launch.report_events, or COPY into a table with
 * the same columns and indexes, a unique one on what tells events apart among them.
 */
export function ingest(place: Place, design: IngestJob["design"], connections: number): Promise<Result> {
  const { adminUrl, apiKey, workspaceId } = place;
  const job: IngestJob = { design, adminUrl, apiKey, workspaceId, connections, seconds: SECONDS };
  const env = { DATABASE_URL: place.serviceUrl, GANTRY_LOG_LEVEL: "error" };
  return runJob(place.root, "bench/ingest-worker.ts", job, env);
}
