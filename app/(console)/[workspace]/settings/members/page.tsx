import type { Metadata } from "next";
import {
  changeRole,
  invite,
  leave,
  remove,
  revoke,
} from "#app/(console)/[workspace]/settings/members/actions.ts";
import { InvitationsTable } from "#app/(console)/[workspace]/settings/members/invitations-table.tsx";
import { InviteDialog } from "#app/(console)/[workspace]/settings/members/invite-dialog.tsx";
import { MembersTable } from "#app/(console)/[workspace]/settings/members/members-table.tsx";
import classes from "#app/(console)/[workspace]/settings/settings.module.css";
import { PageHeader } from "#components/page-header.tsx";
import { asUser } from "#lib/db/as-user.ts";
import { readInvitations } from "#lib/workspace/invitations.ts";
import { readMembers, readRoles } from "#lib/workspace/members.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Members" };

type Props = { params: Promise<{ workspace: string }> };

/** Who is in the workspace and who has been asked in. Who may not manage members sees only themselves. */
export default async function MembersPage({ params }: Props) {
  const { workspace: slug } = await params;
  const member = await requireMember(slug);
  const { claims, workspace, permissions } = member;
  const canManage = permissions.includes("members.manage");
  const canManageOwners = permissions.includes("owners.manage");
  const { members, roles, invitations } = await asUser(claims, async (tx) => ({
    members: await readMembers(tx, workspace.id),
    roles: await readRoles(tx),
    invitations: await readInvitations(tx, workspace.id),
  }));
  const given = roles.filter((role) => canManageOwners || role.name !== "owner");
  return (
    <>
      <PageHeader
        title="Members"
        description={
          canManage
            ? `Who may see and change ${workspace.name}. Only owners make or unmake owners, and one always remains.`
            : "You see only yourself: your role doesn't manage members."
        }
        actions={canManage && <InviteDialog action={invite.bind(null, slug)} roles={given} />}
      />
      <MembersTable
        members={members}
        roles={given}
        me={member.user.id}
        workspace={workspace.name}
        canManage={canManage}
        canManageOwners={canManageOwners}
        changeRole={changeRole.bind(null, slug)}
        remove={remove.bind(null, slug)}
        leave={leave.bind(null, slug)}
      />
      {canManage && (
        <div className={classes.section}>
          <h2 className={classes.sectionTitle}>Open invitations</h2>
          <p className={classes.sectionLead}>
            Each is for one address and works once, for seven days. Sending one again makes a new link; the
            old one stops working.
          </p>
          <InvitationsTable
            invitations={invitations}
            canManageOwners={canManageOwners}
            invite={invite.bind(null, slug)}
            revoke={revoke.bind(null, slug)}
          />
        </div>
      )}
    </>
  );
}
