import { CampaignId } from "#lib/campaigns/schema.ts";
import { CampaignTaskChange, CampaignTaskInput } from "#lib/campaigns/task-schema.ts";
import { readTasks, setTask } from "#lib/campaigns/tasks.ts";
import { asKey } from "#lib/db/service.ts";
import { json, route } from "#lib/route.ts";

const path = "/api/v1/campaigns/{id}/tasks";

/** What is to be done before a campaign starts, the next due first. */
export const GET = route({ path, params: CampaignId, perMinute: 600 }, async ({ keyHash, params }) =>
  json({
    data: await asKey(keyHash, "campaigns.read", (tx, id) => readTasks(tx, id, params.id)),
    next_cursor: null,
  }),
);

/** Adds a task. */
export const POST = route(
  { path, params: CampaignId, body: CampaignTaskInput, perMinute: 120 },
  async ({ keyHash, params, body }) =>
    json(await asKey(keyHash, "campaigns.manage", (tx, id) => setTask(tx, id, params.id, body))),
);

/** Changes a task, or marks it done. */
export const PATCH = route(
  { path, params: CampaignId, body: CampaignTaskChange, perMinute: 120 },
  async ({ keyHash, params, body }) =>
    json(await asKey(keyHash, "campaigns.manage", (tx, id) => setTask(tx, id, params.id, body))),
);
