import { and, eq } from "drizzle-orm";
import { members, workspaces } from "#lib/db/app-schema.ts";
import { asUser } from "#lib/db/as-user.ts";

/** The id of the workspace at this address when the person is a member of it now, else null. */
export async function memberWorkspaceId(personId: string, slug: string): Promise<string | null> {
  const [row] = await asUser({ sub: personId }, (tx) =>
    tx
      .select({ id: workspaces.id })
      .from(workspaces)
      .innerJoin(members, and(eq(members.workspace_id, workspaces.id), eq(members.user_id, personId)))
      .where(eq(workspaces.slug, slug)),
  );
  return row?.id ?? null;
}
