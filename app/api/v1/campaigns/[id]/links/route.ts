import { asKey } from "#lib/db/service.ts";
import { changeLink, createLink, readLinks } from "#lib/links/links.ts";
import { CampaignParams, LinkChange, LinkInput } from "#lib/links/schema.ts";
import { json, route } from "#lib/route.ts";

const path = "/api/v1/campaigns/{id}/links";

/** A campaign's tracked links with what they brought. */
export const GET = route({ path, params: CampaignParams, perMinute: 600 }, async ({ keyHash, params }) =>
  json({
    data: await asKey(keyHash, "campaigns.read", (tx, id) => readLinks(tx, id, params.id)),
    next_cursor: null,
  }),
);

/** Makes a tracked link. */
export const POST = route(
  { path, params: CampaignParams, body: LinkInput, perMinute: 120 },
  async ({ keyHash, params, body }) =>
    json(await asKey(keyHash, "campaigns.manage", (tx, id) => createLink(tx, id, params.id, body))),
);

/** Changes a tracked link: where it leads, its label, or whether it is in use. */
export const PATCH = route(
  { path, params: CampaignParams, body: LinkChange, perMinute: 120 },
  async ({ keyHash, params, body }) =>
    json(await asKey(keyHash, "campaigns.manage", (tx, id) => changeLink(tx, id, params.id, body))),
);
