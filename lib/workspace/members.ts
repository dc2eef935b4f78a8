import { asc, eq, sql } from "drizzle-orm";
import { members, profiles, roles } from "#lib/db/app-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import { ROLES, type Role } from "./vocabulary.ts";

export interface MemberRow {
  id: string;
  email: string;
  name: string | null;
  role: Role;
  joinedAt: string;
}

/** The workspace's members, owners first, then by address. Who may not manage members sees only themselves. */
export async function readMembers(tx: Tx, workspaceId: string): Promise<MemberRow[]> {
  const rows = await tx
    .select({
      id: members.user_id,
      email: profiles.email,
      name: profiles.display_name,
      role: members.role,
      joinedAt: members.joined_at,
    })
    .from(members)
    .innerJoin(profiles, eq(profiles.id, members.user_id))
    .innerJoin(roles, eq(roles.name, members.role))
    .where(eq(members.workspace_id, workspaceId))
    .orderBy(asc(roles.rank), asc(profiles.email));
  return rows.map((row) => ({ ...row, role: row.role as Role }));
}

/** The roles a person can have, highest first, with what each is for. */
export async function readRoles(tx: Tx): Promise<{ name: Role; description: string }[]> {
  const rows = await tx
    .select({ name: roles.name, description: roles.description })
    .from(roles)
    .orderBy(asc(roles.rank));
  return rows.flatMap(({ name, description }) => {
    const role = ROLES.find((known) => known === name);
    return role === undefined ? [] : [{ name: role, description }];
  });
}

/** Gives a member another role. Throws last_owner, not_found, invalid_input, forbidden (only owners make or unmake owners). */
export async function changeMemberRole(
  tx: Tx,
  workspaceId: string,
  userId: string,
  role: Role,
): Promise<void> {
  await tx.execute(sql`select app.change_member_role(${workspaceId}::uuid, ${userId}::uuid, ${role})`);
}

/** Removes a member, or lets the signed-in person leave. Throws last_owner, not_found, forbidden. */
export async function removeMember(tx: Tx, workspaceId: string, userId: string): Promise<void> {
  await tx.execute(sql`select app.remove_member(${workspaceId}::uuid, ${userId}::uuid)`);
}
