import { changeCampaign, deleteCampaign, readCampaign } from "#lib/campaigns/campaigns.ts";
import { CampaignChange, CampaignId } from "#lib/campaigns/schema.ts";
import { CampaignRemovalQuery } from "#lib/campaigns/task-schema.ts";
import { asKey } from "#lib/db/service.ts";
import { json, route } from "#lib/route.ts";

const PATH = "/api/v1/campaigns/{id}";

/** One campaign. */
export const GET = route({ path: PATH, params: CampaignId, perMinute: 600 }, async ({ keyHash, params }) =>
  json(await asKey(keyHash, "campaigns.read", (tx, id) => readCampaign(tx, id, params.id))),
);

/** Changes a campaign's plan. */
export const PATCH = route(
  { path: PATH, params: CampaignId, body: CampaignChange, perMinute: 120 },
  async ({ keyHash, params, body }) =>
    json(await asKey(keyHash, "campaigns.manage", (tx, id) => changeCampaign(tx, id, params.id, body))),
);

/** Deletes a draft or template. */
export const DELETE = route(
  { path: PATH, params: CampaignId, query: CampaignRemovalQuery, perMinute: 120 },
  async ({ keyHash, params, query }) => {
    await asKey(keyHash, "campaigns.manage", (tx, id) =>
      deleteCampaign(tx, id, params.id, query.expected_version),
    );
    return new Response(null, { status: 204 });
  },
);
