import { toAppError } from "#lib/db/sqlstate.ts";
import { missingPage, pageResponse, waitingPage } from "#lib/queue/page-html.ts";
import { pageRoute, spendLook } from "#lib/queue/page-route.ts";
import { pageLanguage } from "#lib/queue/page-words.ts";
import { heldTicket } from "#lib/queue/tickets.ts";

/** The waiting page of a ticket. */
export const GET = pageRoute("/q/{token}", async (request, token) => {
  const asked = request.headers.get("accept-language");
  try {
    const held = await heldTicket(token);
    await spendLook(token);
    const language = pageLanguage(asked, held.ticket.country);
    return pageResponse(waitingPage(held, language, Date.now()), language);
  } catch (error) {
    if (toAppError(error).code !== "not_found") throw error;
    const language = pageLanguage(asked);
    return pageResponse(missingPage(language), language, 404);
  }
});
