import { TicketParams } from "#lib/queue/schema.ts";
import { leaveQueue, readTicket } from "#lib/queue/tickets.ts";
import { json, route } from "#lib/route.ts";

const path = "/api/v1/tickets/{token}";

/** How a ticket of the onboarding queue stands. */
export const GET = route({ path, params: TicketParams }, async ({ keyHash, params }) =>
  json(await readTicket(keyHash, params.token)),
);

/** Leaves the queue. */
export const DELETE = route({ path, params: TicketParams }, async ({ keyHash, params }) =>
  json(await leaveQueue(keyHash, params.token)),
);
