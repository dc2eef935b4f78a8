"use client";

import { Badge } from "@mantine/core";
import { IconBellCheck, IconBellOff } from "@tabler/icons-react";
import { type ReactNode, useMemo } from "react";
import classes from "#app/(console)/[workspace]/alerts/alerts.module.css";
import { KIND_WORDS, statusWords } from "#app/(console)/[workspace]/alerts/words.ts";
import { DataTable } from "#components/data-table.tsx";
import { columnsOf } from "#components/data-table-columns.ts";
import { EmptyState } from "#components/empty-state.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import { SeverityBadge } from "#components/severity-badge.tsx";
import type { AlertRow } from "#lib/alerts/alerts.ts";
import type { Assignee } from "#lib/alerts/inbox.ts";

type Props = {
  alerts: readonly AlertRow[];
  people: readonly Assignee[];
  /** The page's address up to an alert's id. */
  hrefBase: string;
  /** Nothing is filtered but what is resolved. */
  isInbox: boolean;
  /** The pager. */
  children: ReactNode;
};

const column = columnsOf<AlertRow>();
const NOUN = { one: "alert on this page", many: "alerts on this page" };
const HIDDEN = ["opened_at"];

function columnsFor(people: readonly Assignee[]) {
  const names = new Map(people.map(({ user_id, label }) => [user_id, label]));
  return column.columns([
    column.accessor("title", {
      header: "Alert",
      meta: { phone: "title" },
      cell: ({ row: { original } }) => (
        <span className={classes.title}>
          {original.title}
          {original.muted_until !== null && <IconBellOff size={15} aria-label="Muted" />}
        </span>
      ),
    }),
    column.accessor("severity", {
      header: "Severity",
      meta: { phone: "corner" },
      cell: ({ row: { original } }) => <SeverityBadge severity={original.severity} />,
    }),
    column.accessor((row) => KIND_WORDS[row.kind], { id: "kind", header: "Kind" }),
    column.accessor((row) => statusWords(row), {
      id: "status",
      header: "Status",
      cell: ({ row: { original } }) => (
        <Badge
          tt="none"
          variant="dot"
          color={original.status === "open" ? "red" : original.status === "acknowledged" ? "blue" : "gray"}
        >
          {statusWords(original)}
        </Badge>
      ),
    }),
    column.accessor((row) => names.get(row.assigned_to ?? "") ?? undefined, {
      id: "assigned",
      header: "Has it",
      cell: ({ row: { original } }) =>
        names.get(original.assigned_to ?? "") ?? <span className={classes.none}>–</span>,
    }),
    column.accessor("last_at", {
      header: "Last fired",
      cell: ({ row: { original } }) => <RelativeTime at={original.last_at} />,
    }),
    column.accessor("opened_at", {
      header: "Opened",
      cell: ({ row: { original } }) => <RelativeTime at={original.opened_at} />,
    }),
    column.accessor("occurrences", { header: "Times", meta: { align: "end" } }),
  ]);
}

/** One page of alerts; each row opens its alert. */
export function AlertsTable({ alerts, people, hrefBase, isInbox, children }: Props) {
  const columns = useMemo(() => columnsFor(people), [people]);
  return (
    <DataTable
      id="alerts"
      label="Alerts"
      noun={NOUN}
      columns={columns}
      rows={alerts}
      rowId={(row) => row.id}
      rowHref={(row) => `${hrefBase}${row.id}`}
      searchText={(row) => `${row.country ?? ""} ${row.fingerprint}`}
      hidden={HIDDEN}
      csvName="alerts"
      footer={children}
      empty={
        <EmptyState icon={<IconBellCheck />} title={isInbox ? "Nothing needs you" : "No alerts match"}>
          {isInbox
            ? "Capacity, load, threats, risk and jobs are watched. What somebody should look at comes here."
            : "Choose another status or kind."}
        </EmptyState>
      }
    />
  );
}
