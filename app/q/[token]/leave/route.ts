import { pageRoute } from "#lib/queue/page-route.ts";
import { refusalPage } from "#lib/queue/refusal-page.ts";
import { leaveByToken } from "#lib/queue/tickets.ts";

/** Leaves the queue, then shows the page again. The token is all it takes: nothing a browser sends by itself counts here. */
export const POST = pageRoute(
  "/q/{token}/leave",
  async (_, token) => {
    await leaveByToken(token);
    return new Response(null, {
      status: 303,
      headers: { location: `/q/${token}`, "cache-control": "no-store" },
    });
  },
  refusalPage,
);
