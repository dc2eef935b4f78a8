import { type JobDeps, job } from "../_shared/job.ts";
import { createOutbound, type Outbound } from "../_shared/outbound.ts";
import { jobDeps, networks } from "../_shared/settings.ts";
import { type Pull, pull, type Source } from "./prometheus.ts";

/** What the load gate needs of the world besides what every job does. */
export interface Deps extends JobDeps {
  /** Calls the servers that measurements are pulled from. */
  outbound: Outbound;
}

/**
 * Each minute: pulls what is measured by Prometheus, all at once and for at most 5 s, and hands it to the one call that evaluates. A server
 * that doesn't answer leaves its measurement to become stale; it holds nothing else up.
 */
export const handle = job<Deps>("load-gate", async (workspaceId, run, { sql, outbound }) => {
  const sources = await sql<Source[]>`
    select * from launch.list_measurement_sources(${workspaceId}::uuid, ${run.id}::uuid)`;
  const pulls = await Promise.all(sources.map((source) => pull(source, outbound)));
  return evaluate(sql, workspaceId, pulls);
});

async function evaluate(sql: JobDeps["sql"], workspaceId: string, pulls: Pull[]): Promise<object> {
  const [row] = await sql<{ report: object }[]>`
    select launch.evaluate_load(${workspaceId}::uuid, ${pulls.map(({ name }) => name)}::text[],
      ${pulls.map(({ value }) => value)}::double precision[], ${pulls.map(({ problem }) => problem)}::text[]) as report`;
  return row?.report ?? {};
}

declare const Deno: {
  serve(handler: (request: Request) => Promise<Response>): unknown;
};

if (import.meta.main) {
  const deps: Deps = {
    ...jobDeps("load-gate"),
    outbound: createOutbound(networks()),
  };
  Deno.serve((request) => handle(request, deps));
}
