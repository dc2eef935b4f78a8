import { asKey } from "#lib/db/service.ts";
import { json, route } from "#lib/route.ts";
import { readPublicBlocks } from "#lib/threats/blocks.ts";
import { BlockQuery } from "#lib/threats/schema.ts";

/** The blocklist, newest first, a page at a time. */
export const GET = route(
  { path: "/api/v1/blocklist", query: BlockQuery, perMinute: 600 },
  async ({ keyHash, query }) =>
    json(await asKey(keyHash, "threats.read", (tx, id) => readPublicBlocks(tx, id, query))),
);
