import { z } from "zod";

/** A campaign's tasks as routes take and answer them, and what a deletion asks. Portable: only zod. */

const Title = z
  .string("Enter a title.")
  .trim()
  .min(1, "Enter a title.")
  .max(200, "Use at most 200 characters.");
const Owner = z.uuid().meta({ description: "A member of the workspace" });

export const CampaignTask = z
  .object({
    id: z.uuid(),
    title: z.string(),
    due_at: z.iso.datetime(),
    owner_id: z.uuid().nullable(),
    done_at: z.iso.datetime().nullable(),
  })
  .meta({ id: "CampaignTask" });
export type CampaignTask = z.infer<typeof CampaignTask>;

export const CampaignTaskInput = z
  .strictObject({
    title: Title,
    due_at: z.iso.datetime().optional().meta({ description: "Left out: the campaign's start" }),
    owner_id: Owner.optional(),
  })
  .meta({ id: "CampaignTaskInput" });

export const CampaignTaskChange = z
  .strictObject({
    id: z.uuid(),
    title: Title.optional(),
    due_at: z.iso.datetime().optional(),
    owner_id: Owner.optional(),
    done: z.boolean().optional().meta({ description: "false takes it back" }),
  })
  .meta({ id: "CampaignTaskChange" });

export const CampaignRemovalQuery = z.strictObject({
  expected_version: z.coerce.number().int().min(1).optional(),
});
