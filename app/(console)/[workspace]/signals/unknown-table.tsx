"use client";

import { DataTable } from "#components/data-table.tsx";
import { columnsOf } from "#components/data-table-columns.ts";
import { formatCount } from "#components/number-format.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { UnknownType } from "#lib/signals/intake.ts";

const column = columnsOf<UnknownType>();
const NOUN = { one: "unknown type", many: "unknown types" };

const COLUMNS = column.columns([
  column.accessor("type", {
    header: "Type",
    meta: { phone: "title" },
    cell: ({ row: { original } }) =>
      original.type === "*" ? "All others of a day with a thousand types" : <code>{original.type}</code>,
  }),
  column.accessor("events", {
    header: "Events, 7 days",
    meta: { align: "end" },
    cell: ({ row: { original } }) => formatCount(original.events),
  }),
  column.accessor("last_source", {
    header: "Last source",
    cell: ({ row: { original } }) => <code>{original.last_source}</code>,
  }),
  column.accessor("last_at", {
    header: "Last received",
    cell: ({ row: { original } }) => <RelativeTime at={original.last_at} />,
  }),
]);

/** Types that are not ours, with where the last event of each came from. */
export function UnknownTable({ rows }: { rows: readonly UnknownType[] }) {
  return (
    <DataTable
      id="signal-unknown"
      label="Unknown types"
      noun={NOUN}
      columns={COLUMNS}
      rows={rows}
      rowId={(row) => row.type}
    />
  );
}
