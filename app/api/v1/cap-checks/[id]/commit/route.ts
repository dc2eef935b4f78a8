import { settleReservation } from "#lib/launch/reservations.ts";
import { CapCheckId } from "#lib/launch/schema.ts";
import { json, route } from "#lib/route.ts";

/** Keeps a reservation's units for good. */
export const POST = route(
  { path: "/api/v1/cap-checks/{id}/commit", params: CapCheckId },
  async ({ keyHash, params }) => json(await settleReservation(keyHash, params.id, "commit")),
);
