import { countryOf } from "#lib/client/country.ts";
import { clientAddress } from "#lib/client-address.ts";
import { newCheckId } from "#lib/launch/check-id.ts";
import { recordClicks, recordRequest } from "#lib/metrics.ts";
import { pageResponse } from "#lib/queue/page-html.ts";
import { pageLanguage } from "#lib/queue/page-words.ts";
import type { Handler } from "#lib/route.ts";
import { botReason, floodOf, timesThisMinute } from "./bots.ts";
import { doorPage, missingLinkPage } from "./door-page.ts";
import { type FoundLink, findLink, type Target } from "./find-link.ts";
import { type Click, keepClick } from "./keep-clicks.ts";

const SLUG = /^[a-z0-9](?:-?[a-z0-9]){2,63}$/;
const CLICK = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The click of this request, or null when it is one too many of a flood. */
function clickOf(request: Request, link: FoundLink, id: string): Click | null {
  const { headers } = request;
  const userAgent = (headers.get("user-agent") ?? "").slice(0, 500);
  const address = clientAddress(headers);
  // Used for a hash that tells visitors of a day apart, and for nothing else.
  const visitor = address === null ? null : `${address} ${userAgent}`;
  let bot = botReason(request, userAgent);
  // Without an address nobody can be told apart: everyone with the same browser would be one flood.
  const flood = visitor === null ? "person" : floodOf(timesThisMinute(link.id, visitor, Date.now()));
  if (flood === "dropped") return null;
  if (flood === "repeated") bot ??= "repeated";
  return {
    id,
    linkId: link.id,
    country: countryOf(headers),
    bot,
    door: link.door === "open" ? "open" : "waiting",
    visitor,
  };
}

function redirect({ before, after }: Target, clickId: string): Response {
  return new Response(null, {
    status: 302,
    headers: { location: before + clickId + after, "cache-control": "no-store", "x-robots-tag": "noindex" },
  });
}

/** The id of the click that a waiting page was shown for, which its next look carries: it is one click, however long the wait. */
function earlierClick(url: string): string | null {
  const at = url.indexOf("?again=");
  if (at < 0) return null;
  const id = url.slice(at + "?again=".length);
  return CLICK.test(id) ? id : null;
}

async function answer(request: Request, slug: string): Promise<Response> {
  const asked = () => request.headers.get("accept-language");
  const link = SLUG.test(slug) ? await findLink(slug) : null;
  if (link === null) {
    const language = pageLanguage(asked());
    return pageResponse(missingLinkPage(language), language, 404);
  }
  const earlier = earlierClick(request.url);
  const id = earlier ?? newCheckId();
  if (earlier === null) {
    const click = clickOf(request, link, id);
    if (click === null) recordClicks("repeated", 1);
    else keepClick(click);
  }
  if (link.door === "open") return redirect(link.target, id);
  if (link.waiting !== null) return redirect(link.waiting, id);
  const language = pageLanguage(asked(), link.country);
  return pageResponse(doorPage(link, { slug, clickId: id, language, now: Date.now() }), language);
}

/**
 * Follows a tracked link: to its destination with the click's id, to where people wait while the country lets nobody in, or a page that says there
 * is no such link. A web-standard handler without a key; it waits for no click to be kept.
 */
export const follow: Handler = async (request, context) => {
  const startedAt = performance.now();
  const { slug } = await context.params;
  const response = await answer(request, String(slug).toLowerCase()).catch(() => {
    const language = pageLanguage(request.headers.get("accept-language"));
    return pageResponse(doorPage(null, { slug: "", clickId: "", language, now: Date.now() }), language, 503);
  });
  const { method } = request;
  recordRequest(
    { route: "/go/{slug}", method, status: response.status },
    (performance.now() - startedAt) / 1000,
  );
  return response;
};
