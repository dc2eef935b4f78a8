import { type JobDeps, job } from "../_shared/job.ts";
import { jobDeps } from "../_shared/settings.ts";

/** Judges each country's newest snapshot and pauses what has become critical. The report counts the levels and names who was paused. */
export const handle = job<JobDeps>("region-risk", async (workspaceId, _run, { sql }) => {
  const [row] = await sql<
    { report: Record<string, unknown> }[]
  >`select launch.evaluate_risk(${workspaceId}) as report`;
  return row?.report ?? {};
});

declare const Deno: {
  serve(handler: (request: Request) => Promise<Response>): unknown;
};

if (import.meta.main) {
  const deps = jobDeps("region-risk");
  Deno.serve((request) => handle(request, deps));
}
