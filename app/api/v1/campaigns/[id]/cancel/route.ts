import { moveCampaign } from "#lib/campaigns/campaigns.ts";
import { CampaignId, CampaignMove } from "#lib/campaigns/schema.ts";
import { asKey } from "#lib/db/service.ts";
import { json, route } from "#lib/route.ts";

/** Cancels a campaign. */
export const POST = route(
  { path: "/api/v1/campaigns/{id}/cancel", params: CampaignId, body: CampaignMove, perMinute: 120 },
  async ({ keyHash, params, body }) =>
    json(
      await asKey(keyHash, "campaigns.manage", (tx, id) =>
        moveCampaign(tx, id, params.id, { ...body, status: "cancelled" }),
      ),
    ),
);
