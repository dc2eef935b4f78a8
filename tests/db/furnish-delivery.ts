import type { TestDatabase } from "#tests/setup/database.ts";
import { asPerson, type Workspace } from "#tests/setup/people.ts";

/** Who reads the rows of channels and deliveries: a part of the rules that row-level-security.test.ts explains. */
export const DELIVERY_RULES = {
  "app.channels": { all: "notifications.manage" },
  "app.deliveries": { all: "notifications.manage" },
  "app.delivery_attempts": { all: "notifications.manage" },
  "app.message_types": "everybody",
  "app.messages": { all: "notifications.manage" },
} as const;

/** Rows in every table of channels and deliveries. */
export async function furnishDelivery(db: TestDatabase, workspace: Workspace): Promise<void> {
  const { id } = workspace;
  await asPerson(db, workspace.owner, async (sql) => {
    const [made] = await sql<{ id: string }[]>`
      select app.create_channel(${id}, 'email', 'Operators', null, null, '{ops@gantry.local}', '{alert.opened}') as id`;
    await sql`select app.test_channel(${id}, ${made?.id ?? null})`;
  });
  await db.owner`
    insert into app.delivery_attempts (delivery_id, attempt, workspace_id, at, took_ms)
    select id, 1, workspace_id, now(), 1 from app.deliveries where workspace_id = ${id}`;
}
