import { asKey } from "#lib/db/service.ts";
import { createDryRun, readDryRuns } from "#lib/dryrun/dry-runs.ts";
import { DryRunRequest } from "#lib/dryrun/schema.ts";
import { PageQuery } from "#lib/page.ts";
import { json, route } from "#lib/route.ts";

const path = "/api/v1/dry-runs";

/** Dry runs, newest first, a page at a time. */
export const GET = route({ path, query: PageQuery, perMinute: 600 }, async ({ keyHash, query }) =>
  json(await asKey(keyHash, "dryruns.read", (tx, id) => readDryRuns(tx, id, query))),
);

/** Asks for a dry run; a job replays it. */
export const POST = route({ path, body: DryRunRequest, perMinute: 60 }, async ({ keyHash, body }) =>
  json({ id: await asKey(keyHash, "dryruns.run", (tx, id) => createDryRun(tx, id, body)) }, { status: 202 }),
);
