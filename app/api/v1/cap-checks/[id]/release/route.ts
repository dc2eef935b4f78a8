import { settleReservation } from "#lib/launch/reservations.ts";
import { CapCheckId } from "#lib/launch/schema.ts";
import { json, route } from "#lib/route.ts";

/** Gives a reservation's units back to the day they came from. */
export const POST = route(
  { path: "/api/v1/cap-checks/{id}/release", params: CapCheckId },
  async ({ keyHash, params }) => json(await settleReservation(keyHash, params.id, "release")),
);
