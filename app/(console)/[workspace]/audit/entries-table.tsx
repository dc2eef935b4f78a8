"use client";

import { IconHistoryOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "#app/(console)/[workspace]/audit/audit.module.css";
import { DataTable } from "#components/data-table.tsx";
import { columnsOf } from "#components/data-table-columns.ts";
import { EmptyState } from "#components/empty-state.tsx";
import { LinkButton } from "#components/link-button.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import { SeverityBadge } from "#components/severity-badge.tsx";
import type { AuditEntry } from "#lib/workspace/audit.ts";

type Props = {
  entries: readonly AuditEntry[];
  /** The page's address up to an entry's number. */
  hrefBase: string;
  isFiltered: boolean;
  clearHref: string;
  /** The pager. */
  children: ReactNode;
};

const column = columnsOf<AuditEntry>();
const NOUN = { one: "entry on this page", many: "entries on this page" };
const HIDDEN = ["sequence"];

const COLUMNS = column.columns([
  column.accessor("action", { header: "Action", meta: { phone: "title" } }),
  column.accessor("at", {
    header: "When",
    cell: ({ row: { original } }) => <RelativeTime at={original.at} />,
  }),
  column.accessor("actor_label", { header: "Actor" }),
  column.accessor((row) => `${row.resource_type} ${row.resource_id}`, {
    id: "resource",
    header: "Resource",
    cell: ({ row: { original } }) => (
      <>
        {original.resource_type} <span className={classes.id}>{original.resource_id}</span>
      </>
    ),
  }),
  column.accessor("severity", {
    header: "Severity",
    meta: { phone: "corner" },
    cell: ({ row: { original } }) => <SeverityBadge severity={original.severity} />,
  }),
  column.accessor((row) => row.reason ?? undefined, {
    id: "reason",
    header: "Reason",
    meta: { phone: "full" },
    cell: ({ row: { original } }) =>
      original.reason === null ? (
        <span className={classes.none}>–</span>
      ) : (
        <span className={classes.reason}>{original.reason}</span>
      ),
  }),
  column.accessor("sequence", { header: "Number", meta: { align: "end", phone: "hidden" } }),
]);

/** One page of entries; each row opens its entry. */
export function EntriesTable({ entries, hrefBase, isFiltered, clearHref, children }: Props) {
  return (
    <DataTable
      id="audit"
      label="Audit entries"
      noun={NOUN}
      columns={COLUMNS}
      rows={entries}
      rowId={(row) => String(row.sequence)}
      rowHref={(row) => `${hrefBase}${row.sequence}`}
      searchText={(row) => JSON.stringify(row.details)}
      hidden={HIDDEN}
      footer={children}
      empty={
        <EmptyState
          icon={<IconHistoryOff />}
          title={isFiltered ? "No entries match" : "No entries yet"}
          {...(isFiltered && {
            action: (
              <LinkButton href={clearHref} variant="default">
                Clear the filter
              </LinkButton>
            ),
          })}
        >
          {isFiltered
            ? "Try fewer filters or other days."
            : "Whatever is changed from now on is written here."}
        </EmptyState>
      }
    />
  );
}
