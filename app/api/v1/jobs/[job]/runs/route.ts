import { asKey } from "#lib/db/service.ts";
import { requestJobRun } from "#lib/jobs/jobs.ts";
import { JobRequest } from "#lib/jobs/schema.ts";
import { json, route } from "#lib/route.ts";

/** Asks for a run of one job in the key's workspace, now. */
export const POST = route(
  { path: "/api/v1/jobs/{job}/runs", params: JobRequest, perMinute: 30 },
  async ({ keyHash, params }) =>
    json(await asKey(keyHash, "jobs.run", (tx, id) => requestJobRun(tx, id, params.job)), { status: 202 }),
);
