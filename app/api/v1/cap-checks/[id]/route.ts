import { readReceipt } from "#lib/launch/receipts.ts";
import { CapCheckId } from "#lib/launch/schema.ts";
import { json, route } from "#lib/route.ts";

/** The receipt of one cap check, explained. */
export const GET = route(
  { path: "/api/v1/cap-checks/{id}", params: CapCheckId },
  async ({ keyHash, params }) => json(await readReceipt(keyHash, params.id)),
);
