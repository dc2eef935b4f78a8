import { asKey } from "#lib/db/service.ts";
import { readDryRun } from "#lib/dryrun/dry-runs.ts";
import { DryRunId } from "#lib/dryrun/schema.ts";
import { json, route } from "#lib/route.ts";

/** One dry run with what it has found so far. */
export const GET = route(
  { path: "/api/v1/dry-runs/{id}", params: DryRunId, perMinute: 600 },
  async ({ keyHash, params }) =>
    json(await asKey(keyHash, "dryruns.read", (tx, id) => readDryRun(tx, id, params.id))),
);
