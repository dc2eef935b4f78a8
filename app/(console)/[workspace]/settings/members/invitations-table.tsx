"use client";

import { Badge, VisuallyHidden } from "@mantine/core";
import { IconMailOff } from "@tabler/icons-react";
import { useMemo } from "react";
import classes from "#app/(console)/[workspace]/settings/settings.module.css";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { CopyButton } from "#components/copy-button.tsx";
import { DataTable } from "#components/data-table.tsx";
import { columnsOf } from "#components/data-table-columns.ts";
import { EmptyState } from "#components/empty-state.tsx";
import type { FormAction } from "#components/form-state.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { OpenInvitation } from "#lib/workspace/invitations.ts";

type Verbs = { canManageOwners: boolean; invite: FormAction; revoke: FormAction };
type Props = Verbs & { invitations: readonly OpenInvitation[] };

const column = columnsOf<OpenInvitation>();
const NOUN = { one: "invitation", many: "invitations" };

function Buttons({ row, invite, revoke, canManageOwners }: Verbs & { row: OpenInvitation }) {
  return (
    <div className={classes.buttons}>
      {!row.expired && <CopyButton value={row.link} what="link" />}
      {(row.role !== "owner" || canManageOwners) && (
        <ConfirmForm
          trigger={{ label: "Send again", variant: "default", size: "xs" }}
          title={`Send again to ${row.email}?`}
          explanation="A new link is made and mailed, good for seven days. The link sent before stops working."
          action={invite}
          hidden={{ email: row.email, role: row.role }}
          reason="none"
          submitLabel="Send again"
          doneMessage={`A new invitation to ${row.email} is on its way`}
        />
      )}
      <ConfirmForm
        trigger={{ label: "Revoke", variant: "subtle", color: "red", size: "xs" }}
        title={`Revoke the invitation of ${row.email}?`}
        explanation="Its link stops working at once."
        action={revoke}
        hidden={{ id: row.id }}
        reason="none"
        danger
        submitLabel="Revoke"
        doneMessage="The invitation was revoked"
      />
    </div>
  );
}

function columnsWith(verbs: Verbs) {
  return column.columns([
    column.accessor("email", { header: "Address", meta: { phone: "title" } }),
    column.accessor("role", {
      header: "Role",
      meta: { phone: "corner" },
      cell: ({ row: { original } }) => (
        <Badge tt="none" color="gray">
          {original.role}
        </Badge>
      ),
    }),
    column.accessor((row) => row.invitedBy ?? "", {
      id: "invitedBy",
      header: "Invited by",
      cell: ({ row: { original } }) => original.invitedBy ?? "–",
    }),
    column.accessor("expiresAt", {
      header: "Expires",
      cell: ({ row: { original } }) =>
        original.expired ? (
          <Badge tt="none" color="orange">
            expired
          </Badge>
        ) : (
          <RelativeTime at={original.expiresAt} />
        ),
    }),
    column.display({
      id: "actions",
      header: () => <VisuallyHidden>Actions</VisuallyHidden>,
      enableHiding: false,
      meta: { label: "Actions", align: "end", phone: "full" },
      cell: ({ row: { original } }) => <Buttons {...verbs} row={original} />,
    }),
  ]);
}

/** Invitations that wait for an answer: copy the link, send again, revoke. */
export function InvitationsTable({ invitations, canManageOwners, invite, revoke }: Props) {
  const columns = useMemo(
    () => columnsWith({ canManageOwners, invite, revoke }),
    [canManageOwners, invite, revoke],
  );
  return (
    <DataTable
      id="invitations"
      label="Open invitations"
      noun={NOUN}
      columns={columns}
      rows={invitations}
      rowId={(row) => row.id}
      empty={
        <EmptyState icon={<IconMailOff />} title="No open invitations">
          Invite somebody above; until they accept, they are listed here.
        </EmptyState>
      }
    />
  );
}
