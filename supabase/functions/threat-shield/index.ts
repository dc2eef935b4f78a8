import { type JobDeps, job } from "../_shared/job.ts";
import { jobDeps } from "../_shared/settings.ts";

declare const Deno: { serve(handler: (request: Request) => Promise<Response>): void };

/** Looks for fraud and attacks since the last good run, workspace by workspace, and answers what it finds. */
export const handle = job<JobDeps>("threat-shield", async (workspaceId, run, { sql }) => {
  const [row] = await sql<{ report: object }[]>`
    select launch.evaluate_threats(${workspaceId}, ${run.due_at}, ${run.covers_from}) as report`;
  if (row === undefined) throw new Error("evaluate_threats returned no row");
  return row.report;
});

if (import.meta.main) {
  const deps = jobDeps("threat-shield");
  Deno.serve((request) => handle(request, deps));
}
