import { asKey } from "#lib/db/service.ts";
import { reportClicks } from "#lib/links/clicks.ts";
import { CampaignParams, ClicksInput } from "#lib/links/schema.ts";
import { json, route } from "#lib/route.ts";

/** Takes in clicks that a product's own redirect counted. */
export const POST = route(
  { path: "/api/v1/campaigns/{id}/clicks", params: CampaignParams, body: ClicksInput, perMinute: 600 },
  async ({ keyHash, params, body }) =>
    json(await asKey(keyHash, "campaigns.track", (tx, id) => reportClicks(tx, id, params.id, body))),
);
