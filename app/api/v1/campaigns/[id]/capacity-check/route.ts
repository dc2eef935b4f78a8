import { checkCampaign } from "#lib/campaigns/campaigns.ts";
import { CampaignId } from "#lib/campaigns/schema.ts";
import { asKey } from "#lib/db/service.ts";
import { json, route } from "#lib/route.ts";

/** Whether a campaign fits what its country can take, and what would. */
export const GET = route(
  { path: "/api/v1/campaigns/{id}/capacity-check", params: CampaignId, perMinute: 120 },
  async ({ keyHash, params }) =>
    json(await asKey(keyHash, "campaigns.read", (tx, id) => checkCampaign(tx, id, params.id))),
);
