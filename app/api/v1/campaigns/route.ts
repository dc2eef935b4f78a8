import { createCampaign, readCampaigns } from "#lib/campaigns/campaigns.ts";
import { CampaignInput, CampaignQuery } from "#lib/campaigns/schema.ts";
import { asKey } from "#lib/db/service.ts";
import { json, route } from "#lib/route.ts";

/** Campaigns, newest first, a page at a time. */
export const GET = route(
  { path: "/api/v1/campaigns", query: CampaignQuery, perMinute: 600 },
  async ({ keyHash, query }) =>
    json(await asKey(keyHash, "campaigns.read", (tx, id) => readCampaigns(tx, id, query))),
);

/** Plans a campaign: a draft. */
export const POST = route(
  { path: "/api/v1/campaigns", body: CampaignInput, perMinute: 120 },
  async ({ keyHash, body }) =>
    json(await asKey(keyHash, "campaigns.manage", (tx, id) => createCampaign(tx, id, body))),
);
