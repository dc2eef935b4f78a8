import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { invitations, profiles } from "#lib/db/app-schema.ts";
import { service, type Tx } from "#lib/db/service.ts";
import { serverEnv } from "#lib/env.ts";
import { hashToken, invitationLink, invitationToken } from "./invitation-token.ts";
import type { Role } from "./vocabulary.ts";

export interface OpenInvitation {
  id: string;
  email: string;
  role: Role;
  /** Who invited, as far as the reader may know. */
  invitedBy: string | null;
  createdAt: string;
  expiresAt: string;
  expired: boolean;
  link: string;
}

/** What a link's holder may know before signing in. */
export interface InvitationGlance {
  workspace: string;
  email: string;
  role: Role;
  state: "open" | "accepted" | "revoked" | "expired";
}

function linkOf(id: string): { token: string; link: string } {
  const { GANTRY_SECRET, GANTRY_SITE_URL } = serverEnv();
  const token = invitationToken(GANTRY_SECRET, id);
  return { token, link: invitationLink(GANTRY_SITE_URL, token) };
}

/** Invitations neither accepted nor revoked, newest first, with their links. Empty for who may not manage members. */
export async function readInvitations(tx: Tx, workspaceId: string): Promise<OpenInvitation[]> {
  const rows = await tx
    .select({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      invitedBy: sql<string | null>`coalesce(${profiles.display_name}, ${profiles.email})`,
      createdAt: invitations.created_at,
      expiresAt: invitations.expires_at,
      expired: sql<boolean>`${invitations.expires_at} <= launch.now()`,
    })
    .from(invitations)
    .leftJoin(profiles, eq(profiles.id, invitations.invited_by))
    .where(
      and(
        eq(invitations.workspace_id, workspaceId),
        isNull(invitations.accepted_at),
        isNull(invitations.revoked_at),
      ),
    )
    .orderBy(desc(invitations.created_at), asc(invitations.email));
  return rows.map((row) => ({
    ...row,
    role: row.role as Role,
    link: linkOf(row.id).link,
  }));
}

/**
 * Invites an address for seven days and queues the e-mail; an open invitation to the same address is replaced and its link stops working.
 * Resolves with the link. Throws duplicate for a member, invalid_input, forbidden.
 */
export async function inviteMember(
  tx: Tx,
  workspaceId: string,
  invitation: { email: string; role: Role },
): Promise<string> {
  const id = v7();
  const { token, link } = linkOf(id);
  await tx.execute(sql`select app.invite_member(${workspaceId}::uuid, ${id}::uuid, ${invitation.email}, ${invitation.role},
    ${hashToken(token)}::bytea)`);
  return link;
}

/** Takes back an open invitation: its link stops working at once. Throws not_found when it isn't open any more, forbidden. */
export async function revokeInvitation(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.execute(sql`select app.revoke_invitation(${workspaceId}::uuid, ${id}::uuid)`);
}

/** What the link with this token invites to; null when there is no such link. Asked as the service: its holder may not be signed in. */
export async function peekInvitation(token: string): Promise<InvitationGlance | null> {
  const [row] = await service().execute<{
    workspace: string;
    email: string;
    role: Role;
    state: InvitationGlance["state"];
  }>(sql`select * from app.peek_invitation(${hashToken(token)}::bytea)`);
  return row ?? null;
}

/** Makes the signed-in person a member. Resolves with the workspace's slug. Throws not_found when it isn't open, forbidden for another address. */
export async function acceptInvitation(tx: Tx, token: string): Promise<string> {
  const [row] = await tx.execute<{ slug: string }>(
    sql`select app.accept_invitation(${hashToken(token)}::bytea) as slug`,
  );
  if (row === undefined) throw new Error("accept_invitation returned no row");
  return row.slug;
}
