import { type JobDeps, job } from "../_shared/job.ts";
import { jobDeps } from "../_shared/settings.ts";

/** Judges the gate of each soft country and moves the market sequence on. The report: each gate's outcome, what moved and what was proposed. */
export const handle = job<JobDeps>("progression", async (workspaceId, _run, { sql }) => {
  const [row] = await sql<
    { report: Record<string, unknown> }[]
  >`select launch.progress_sequence(${workspaceId}) as report`;
  return row?.report ?? {};
});

declare const Deno: {
  serve(handler: (request: Request) => Promise<Response>): unknown;
};

if (import.meta.main) {
  const deps = jobDeps("progression");
  Deno.serve((request) => handle(request, deps));
}
