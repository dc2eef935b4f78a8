import { asKey } from "#lib/db/service.ts";
import { cancelDryRun } from "#lib/dryrun/dry-runs.ts";
import { DryRunId } from "#lib/dryrun/schema.ts";
import { route } from "#lib/route.ts";

/** Ends a dry run that has not ended; what it found is kept. */
export const POST = route(
  { path: "/api/v1/dry-runs/{id}/cancel", params: DryRunId, perMinute: 120 },
  async ({ keyHash, params }) => {
    await asKey(keyHash, "dryruns.run", (tx, id) => cancelDryRun(tx, id, params.id));
    return new Response(null, { status: 204 });
  },
);
