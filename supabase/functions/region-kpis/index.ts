import { type JobDeps, job } from "../_shared/job.ts";
import { jobDeps } from "../_shared/settings.ts";

/** Hours of one call: reporting an event waits for the call that counts its hour, so calls stay short. */
const HOURS = 6;
/** Where a run stops counting old hours; the next one goes on. Newest hours come first. */
const LONGEST_MS = 120_000;

/**
 * Counts the hours with something new again, a few in each call, and takes the snapshot of the last 24 hours. The report says how many
 * hours it counted, whether some are left, and what the snapshot holds.
 */
export const handle = job<JobDeps>("region-kpis", async (workspaceId, _run, { sql, now }) => {
  const startedAt = now();
  let hours = 0;
  let left = true;
  while (left && now() - startedAt < LONGEST_MS) {
    const [row] = await sql<
      { taken: number }[]
    >`select launch.roll_up_events(${workspaceId}, ${HOURS}) as taken`;
    const taken = row?.taken ?? 0;
    hours += taken;
    left = taken === HOURS;
  }
  const [recorded] = await sql<
    { report: Record<string, unknown> }[]
  >`select launch.record_kpis(${workspaceId}) as report`;
  return { hours, left, ...recorded?.report };
});

declare const Deno: {
  serve(handler: (request: Request) => Promise<Response>): unknown;
};

if (import.meta.main) {
  const deps = jobDeps("region-kpis");
  Deno.serve((request) => handle(request, deps));
}
