import type { Metadata } from "next";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
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

/** Who is in the workspace and who has been asked in. */
export default async function MembersPage({ params }: Props) {
  const { workspace: slug } = await params;
  const { claims, workspace, permissions, user } = await requireMember(slug);
  if (!permissions.includes("members.manage"))
    return <NoAccess slug={slug}>Members are managed by others.</NoAccess>;
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
        description={`Who may see and change ${workspace.name}. Only owners make or unmake owners, and one always remains.`}
        actions={<InviteDialog action={invite.bind(null, slug)} roles={given} />}
      />
      <MembersTable
        members={members}
        roles={given}
        me={user.id}
        workspace={workspace.name}
        canManageOwners={canManageOwners}
        changeRole={changeRole.bind(null, slug)}
        remove={remove.bind(null, slug)}
        leave={leave.bind(null, slug)}
      />
      <div className={classes.section}>
        <h2 className={classes.sectionTitle}>Open invitations</h2>
        <p className={classes.sectionLead}>
          Each is for one address and works once, for seven days. Sending one again makes a new link; the old
          one stops working.
        </p>
        <InvitationsTable
          invitations={invitations}
          canManageOwners={canManageOwners}
          invite={invite.bind(null, slug)}
          revoke={revoke.bind(null, slug)}
        />
      </div>
    </>
  );
}
