import { asKey } from "#lib/db/service.ts";
import { json, route } from "#lib/route.ts";
import { readSequence } from "#lib/sequence/sequence-page.ts";

/** The market sequence: each country's place, how it moves, and what it waits for. */
export const GET = route({ path: "/api/v1/sequence", perMinute: 600 }, async ({ keyHash }) =>
  json(await asKey(keyHash, "sequence.read", readSequence)),
);
