import { and, asc, eq } from "drizzle-orm";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { members, profiles, rolePermissions, workspaces } from "#lib/db/app-schema.ts";
import { asUser, type Claims } from "#lib/db/as-user.ts";
import { signedInUser } from "#lib/supabase/server.ts";
import type { Environment, Permission, Role } from "./vocabulary.ts";

export interface WorkspaceLink {
  slug: string;
  name: string;
  environment: Environment;
}

export interface Member {
  claims: Claims;
  user: { id: string; email: string; name: string };
  workspace: WorkspaceLink & { id: string; allowsUnlistedCountries: boolean };
  role: Role;
  permissions: Permission[];
  workspaces: WorkspaceLink[];
}

/** Who is signed in; sends everybody else to sign in, and back to `path` afterwards. */
export async function requirePerson(path: string): Promise<{ id: string; email: string; claims: Claims }> {
  const user = await signedInUser();
  if (user === null) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  return { id: user.id, email: user.email, claims: { sub: user.id, email: user.email } };
}

const workspacesOf = cache(async (sub: string): Promise<WorkspaceLink[]> => {
  const rows = await asUser({ sub }, (tx) =>
    tx
      .select({ slug: workspaces.slug, name: workspaces.name, environment: workspaces.environment })
      .from(workspaces)
      .orderBy(asc(workspaces.name)),
  );
  return rows.map((row) => ({ ...row, environment: row.environment as Environment }));
});

/** The workspaces of the signed-in person, by name. */
export function myWorkspaces(person: { id: string }): Promise<WorkspaceLink[]> {
  return workspacesOf(person.id);
}

/**
 * The signed-in person as a member of this workspace, asked once per request. Someone who is not a member gets the not-found page, as if the
 * workspace did not exist.
 */
export const requireMember = cache(async (slug: string): Promise<Member> => {
  const person = await requirePerson(`/${slug}`);
  const found = await asUser(person.claims, async (tx) => {
    const [row] = await tx
      .select({
        workspace: workspaces,
        role: members.role,
        name: profiles.display_name,
        email: profiles.email,
      })
      .from(workspaces)
      .innerJoin(members, and(eq(members.workspace_id, workspaces.id), eq(members.user_id, person.id)))
      .innerJoin(profiles, eq(profiles.id, members.user_id))
      .where(eq(workspaces.slug, slug));
    if (row === undefined) return null;
    const granted = await tx
      .select({ permission: rolePermissions.permission })
      .from(rolePermissions)
      .where(eq(rolePermissions.role, row.role));
    return { ...row, permissions: granted.map((grant) => grant.permission as Permission) };
  });
  if (found === null) notFound();
  return {
    claims: person.claims,
    user: { id: person.id, email: found.email, name: found.name ?? found.email },
    workspace: {
      id: found.workspace.id,
      slug,
      name: found.workspace.name,
      environment: found.workspace.environment as Environment,
      allowsUnlistedCountries: found.workspace.allows_unlisted_countries,
    },
    role: found.role as Role,
    permissions: found.permissions,
    workspaces: await myWorkspaces(person),
  };
});
