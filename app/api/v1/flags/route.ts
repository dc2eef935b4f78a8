import { asKey } from "#lib/db/service.ts";
import { json, route } from "#lib/route.ts";
import { readFlags } from "#lib/workspace/flags.ts";

/** The workspace's flags. */
export const GET = route({ path: "/api/v1/flags", perMinute: 600 }, async ({ keyHash }) =>
  json({ data: await asKey(keyHash, "flags.read", readFlags), next_cursor: null }),
);
