import { pageRoute, spendLook } from "#lib/queue/page-route.ts";
import { pageView } from "#lib/queue/page-view.ts";
import { pageLanguage } from "#lib/queue/page-words.ts";
import { heldTicket } from "#lib/queue/tickets.ts";
import { json } from "#lib/route.ts";

/** How a ticket stands, in its waiting page's words. */
export const GET = pageRoute("/q/{token}/status", async (request, token) => {
  const held = await heldTicket(token);
  await spendLook(token);
  const { state, place, estimated_at, claim_until, poll_after_seconds } = held.ticket;
  const language = pageLanguage(request.headers.get("accept-language"), held.ticket.country);
  return json(
    { state, place, estimated_at, claim_until, poll_after_seconds, ...pageView(held, language, Date.now()) },
    { headers: { vary: "accept-language" } },
  );
});
