import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "#lib/db/service.ts";
import type { CampaignTask, CampaignTaskChange } from "./task-schema.ts";

type Row = CampaignTask & Record<string, unknown>;
type Change = z.infer<typeof CampaignTaskChange>;
type Sets = { [Name in keyof Change]?: Change[Name] | undefined };

function taskOf({ id, title, due_at, owner_id, done_at }: Row): CampaignTask {
  return {
    id,
    title,
    due_at: new Date(due_at).toISOString(),
    owner_id,
    done_at: done_at === null ? null : new Date(done_at).toISOString(),
  };
}

/** A campaign's tasks, the next due first: 200 at most. Throws not_found, forbidden. */
export async function readTasks(tx: Tx, workspaceId: string, campaignId: string): Promise<CampaignTask[]> {
  const rows = await tx.execute<Row>(
    sql`select * from launch.read_campaign_tasks(${workspaceId}::uuid, ${campaignId}::uuid)`,
  );
  return rows.map(taskOf);
}

/**
 * Without an id adds a task, due at the campaign's start unless said otherwise; with one changes it, what is left out stays. Throws not_found (also
 * an owner who is no member), forbidden.
 */
export async function setTask(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  sets: Sets,
): Promise<CampaignTask> {
  const { id = null, title = null, due_at = null, owner_id = null, done = null } = sets;
  const [row] = await tx.execute<Row>(
    sql`select * from launch.set_campaign_task(${workspaceId}::uuid, ${campaignId}::uuid, ${id}::uuid, ${title}::text, ${due_at}::timestamptz,
      ${owner_id}::uuid, ${done}::boolean)`,
  );
  if (row === undefined) throw new Error("set_campaign_task returned no row");
  return taskOf(row);
}
