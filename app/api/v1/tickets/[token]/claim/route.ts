import { ClaimInput, TicketParams } from "#lib/queue/schema.ts";
import { claimTicket } from "#lib/queue/tickets.ts";
import { json, route } from "#lib/route.ts";

/** Claims a ready ticket. */
export const POST = route(
  { path: "/api/v1/tickets/{token}/claim", params: TicketParams, body: ClaimInput },
  async ({ keyHash, params, body }) => json(await claimTicket(keyHash, params.token, body.hold_seconds)),
);
