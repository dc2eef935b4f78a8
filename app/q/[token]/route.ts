import { pageResponse, waitingPage } from "#lib/queue/page-html.ts";
import { countLook, pageRoute } from "#lib/queue/page-route.ts";
import { pageLanguage } from "#lib/queue/page-words.ts";
import { refusalPage, tooOftenResponse } from "#lib/queue/refusal-page.ts";
import { heldTicket } from "#lib/queue/tickets.ts";

/** The waiting page of a ticket. A person reads it: what can't be shown is a page too, and tries again by itself. */
export const GET = pageRoute(
  "/q/{token}",
  async (request, token) => {
    const held = await heldTicket(token);
    const language = pageLanguage(request.headers.get("accept-language"), held.ticket.country);
    const after = await countLook(token);
    if (after !== null) return tooOftenResponse({ name: held.workspace, language, after });
    return pageResponse(waitingPage(held, language, Date.now()), language);
  },
  refusalPage,
);
