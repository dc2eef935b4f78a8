import { z } from "zod";
import { CampaignId } from "#lib/campaigns/schema.ts";
import {
  CampaignRemovalQuery,
  CampaignTask,
  CampaignTaskChange,
  CampaignTaskInput,
} from "#lib/campaigns/task-schema.ts";
import { type Operation, page } from "./operation.ts";

const path = "/api/v1/campaigns/{id}/tasks";

/** What is to be done before a campaign starts, and the deletion of a draft. */
export const CAMPAIGN_TASK_OPERATIONS: Operation[] = [
  {
    method: "get",
    path,
    tag: "Campaigns",
    id: "list_campaign_tasks",
    summary: "A campaign's tasks, the next due first",
    description: "A forecast of more than 10,000 clicks makes four of them by itself.",
    scope: "campaigns.read",
    params: CampaignId,
    answer: page(CampaignTask).extend({
      next_cursor: z.null().meta({ description: "All of them come at once: 200 at most" }),
    }),
    refuses: ["invalid_input", "not_found"],
  },
  {
    method: "post",
    path,
    tag: "Campaigns",
    id: "add_campaign_task",
    summary: "Adds a task",
    scope: "campaigns.manage",
    params: CampaignId,
    body: CampaignTaskInput,
    example: { title: "Brief the support team" },
    answer: CampaignTask,
    refuses: ["invalid_input", "not_found"],
  },
  {
    method: "patch",
    path,
    tag: "Campaigns",
    id: "change_campaign_task",
    summary: "Changes a task, or marks it done",
    scope: "campaigns.manage",
    params: CampaignId,
    body: CampaignTaskChange,
    example: { id: "01a2f0c4-7b1e-7c3a-9d2e-5f6a7b8c9d0e", done: true },
    answer: CampaignTask,
    refuses: ["invalid_input", "not_found"],
  },
  {
    method: "delete",
    path: "/api/v1/campaigns/{id}",
    tag: "Campaigns",
    id: "delete_campaign",
    summary: "Deletes a draft or template",
    description: "Any other campaign is cancelled instead.",
    scope: "campaigns.manage",
    params: CampaignId,
    query: CampaignRemovalQuery,
    refuses: ["invalid_input", "not_found", "illegal_transition", "version_conflict"],
  },
];
