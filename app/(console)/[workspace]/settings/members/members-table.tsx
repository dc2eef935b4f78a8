"use client";

import { Badge, VisuallyHidden } from "@mantine/core";
import { useMemo } from "react";
import {
  MemberButtons,
  type MemberButtonsProps,
} from "#app/(console)/[workspace]/settings/members/member-buttons.tsx";
import classes from "#app/(console)/[workspace]/settings/settings.module.css";
import { DataTable } from "#components/data-table.tsx";
import { columnsOf } from "#components/data-table-columns.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { MemberRow } from "#lib/workspace/members.ts";

type Props = Omit<MemberButtonsProps, "row" | "isLastOwner"> & { members: readonly MemberRow[] };

const column = columnsOf<MemberRow>();
const NOUN = { one: "member", many: "members" };

function columnsWith(buttons: Omit<MemberButtonsProps, "row">) {
  return column.columns([
    column.accessor((row) => row.name ?? row.email, {
      id: "name",
      header: "Name",
      meta: { phone: "title" },
      cell: ({ row: { original } }) => (
        <span className={classes.who}>
          <span className={classes.whoName}>
            {original.name ?? original.email}
            {original.id === buttons.me && " (you)"}
          </span>
          {original.name !== null && <span className={classes.sub}>{original.email}</span>}
        </span>
      ),
    }),
    column.accessor("role", {
      header: "Role",
      meta: { phone: "corner" },
      cell: ({ row: { original } }) => (
        <Badge tt="none" color={original.role === "owner" ? "accent" : "gray"}>
          {original.role}
        </Badge>
      ),
    }),
    column.accessor("joinedAt", {
      header: "Joined",
      cell: ({ row: { original } }) => <RelativeTime at={original.joinedAt} />,
    }),
    column.display({
      id: "actions",
      header: () => <VisuallyHidden>Actions</VisuallyHidden>,
      enableHiding: false,
      meta: { label: "Actions", align: "end", phone: "full" },
      cell: ({ row: { original } }) => <MemberButtons {...buttons} row={original} />,
    }),
  ]);
}

/** The members, with what the reader may do to each. */
export function MembersTable({ members, ...rest }: Props) {
  const isLastOwner = members.filter((row) => row.role === "owner").length === 1;
  const { roles, me, workspace, canManageOwners, changeRole, remove, leave } = rest;
  const columns = useMemo(
    () =>
      columnsWith({
        roles,
        me,
        workspace,
        canManageOwners,
        changeRole,
        remove,
        leave,
        isLastOwner,
      }),
    [roles, me, workspace, canManageOwners, changeRole, remove, leave, isLastOwner],
  );
  return (
    <DataTable
      id="members"
      label="Members"
      noun={NOUN}
      columns={columns}
      rows={members}
      rowId={(row) => row.id}
      searchText={(row) => row.email}
      csvName="members"
    />
  );
}
