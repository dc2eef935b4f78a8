import type { TestDatabase } from "#tests/setup/database.ts";
import type { Workspace } from "#tests/setup/people.ts";

/** Who reads which rows of the onboarding queue: see RULES in row-level-security.test.ts. */
export const QUEUE_RULES = {
  "launch.queues": { all: "queue.read" },
  "launch.tickets": { all: "queue.read" },
} as const;

/** Puts rows of the queue into a workspace that has an API key. */
export async function furnishQueue(db: TestDatabase, workspace: Workspace): Promise<void> {
  await db.owner`insert into launch.queues (workspace_id, operation) values (${workspace.id}, 'user')`;
  await db.owner`insert into launch.tickets (id, workspace_id, api_key_id, country, operation, units, entered_at, entered_on)
    select gen_random_uuid(), workspace_id, id, 'PL', 'user', 1, now(), current_date from app.api_keys where workspace_id = ${workspace.id} limit 1`;
}
