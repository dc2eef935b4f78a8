import { asKey } from "#lib/db/service.ts";
import { json, route } from "#lib/route.ts";
import { readThreatRules } from "#lib/threats/rules.ts";

/** The rules of the threat shield, with their precision. */
export const GET = route({ path: "/api/v1/threat-rules", perMinute: 600 }, async ({ keyHash }) =>
  json({
    data: await asKey(keyHash, "threats.read", (tx, id) => readThreatRules(tx, id)),
    next_cursor: null,
  }),
);
