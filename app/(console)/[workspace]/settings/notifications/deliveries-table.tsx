"use client";

import { Badge } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { type ReactNode, useMemo } from "react";
import { stateOf, TYPE_LABELS } from "#app/(console)/[workspace]/settings/notifications/words.ts";
import classes from "#app/(console)/[workspace]/settings/settings.module.css";
import { DataTable } from "#components/data-table.tsx";
import { columnsOf } from "#components/data-table-columns.ts";
import { EmptyState } from "#components/empty-state.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import type { DeliveryRow } from "#lib/delivery/deliveries.ts";

const column = columnsOf<DeliveryRow>();
const NOUN = { one: "delivery on this page", many: "deliveries on this page" };

/** Whether a delivery arrived, is under way, or was given up. */
export function StateBadge({ delivery }: { delivery: Pick<DeliveryRow, "state" | "partly"> }) {
  const { label, color } = stateOf(delivery);
  return (
    <Badge tt="none" color={color}>
      {label}
    </Badge>
  );
}

/** When a delivery under way is tried next. */
export function NextTry({ delivery: { due_at, waits } }: { delivery: DeliveryRow }) {
  if (waits) return <>after the one before it</>;
  return due_at === null ? null : <RelativeTime at={due_at} />;
}

function columnsWith() {
  return column.columns([
    column.accessor((row) => TYPE_LABELS[row.type], {
      id: "message",
      header: "Message",
      meta: { phone: "title" },
      cell: ({ row: { original } }) => (
        <span className={classes.who}>
          <span className={classes.whoName}>{TYPE_LABELS[original.type]}</span>
          {original.about !== null && <span className={classes.sub}>{original.about}</span>}
        </span>
      ),
    }),
    column.accessor((row) => stateOf(row).label, {
      id: "state",
      header: "State",
      meta: { phone: "corner" },
      cell: ({ row: { original } }) => <StateBadge delivery={original} />,
    }),
    column.accessor("channel", { header: "Channel" }),
    column.accessor("attempts", { header: "Attempts", meta: { align: "end" } }),
    column.accessor("due_at", {
      header: "Next try",
      cell: ({ row: { original } }) =>
        original.due_at === null ? <span className={classes.sub}>–</span> : <NextTry delivery={original} />,
    }),
    column.accessor((row) => row.last_error ?? undefined, {
      id: "last_error",
      header: "Last error",
      meta: { phone: "full" },
      cell: ({ row: { original } }) => <span className={classes.sub}>{original.last_error ?? "–"}</span>,
    }),
    column.accessor("created_at", {
      header: "Made",
      cell: ({ row: { original } }) => <RelativeTime at={original.created_at} />,
    }),
  ]);
}

type Props = {
  deliveries: readonly DeliveryRow[];
  /** The page's address up to a delivery's id. */
  hrefBase: string;
  /** The pager. */
  children: ReactNode;
};

/** One page of deliveries; each row opens its attempts. */
export function DeliveriesTable({ deliveries, hrefBase, children }: Props) {
  const columns = useMemo(columnsWith, []);
  return (
    <DataTable
      id="deliveries"
      label="Deliveries"
      noun={NOUN}
      columns={columns}
      rows={deliveries}
      rowId={(row) => String(row.id)}
      rowHref={(row) => `${hrefBase}${row.id}`}
      searchText={(row) => `${row.about ?? ""} ${row.message_id}`}
      csvName="deliveries"
      footer={children}
      empty={
        <EmptyState icon={<IconSend />} title="Nothing sent yet">
          Each message to a channel stands here, with every attempt, for 90 days.
        </EmptyState>
      }
    />
  );
}
