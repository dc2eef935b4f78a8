import { duplicateCampaign } from "#lib/campaigns/campaigns.ts";
import { CampaignCopy, CampaignId } from "#lib/campaigns/schema.ts";
import { asKey } from "#lib/db/service.ts";
import { json, route } from "#lib/route.ts";

/** Makes a draft or template like this campaign. */
export const POST = route(
  { path: "/api/v1/campaigns/{id}/duplicate", params: CampaignId, body: CampaignCopy, perMinute: 120 },
  async ({ keyHash, params, body }) =>
    json(await asKey(keyHash, "campaigns.manage", (tx, id) => duplicateCampaign(tx, id, params.id, body))),
);
