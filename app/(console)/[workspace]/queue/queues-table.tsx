"use client";

import { VisuallyHidden } from "@mantine/core";
import { useMemo } from "react";
import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { clear } from "#app/(console)/[workspace]/queue/actions.ts";
import classes from "#app/(console)/[workspace]/queue/queue.module.css";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { DataTable } from "#components/data-table.tsx";
import { columnsOf } from "#components/data-table-columns.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { QueueNow } from "#lib/queue/queues.ts";

/** A queue with its country's name. */
export type NamedQueue = QueueNow & { name: string };
type Props = { slug: string; queues: readonly NamedQueue[]; mayManage: boolean };

const column = columnsOf<NamedQueue>();
const NOUN = { one: "queue", many: "queues" };
const HIDDEN = ["pace"];
const wordsOf = (operation: string) => OPERATION_WORDS[operation === "creator" ? "creator" : "user"];

function Moment({ at }: { at: string | null }) {
  return at === null ? <span className={classes.none}>–</span> : <RelativeTime at={at} />;
}

/** When who came now would be let in; nobody can say while the door lets nobody in. */
function Estimate({ queue }: { queue: NamedQueue }) {
  if (queue.estimated_at !== null) return <RelativeTime at={queue.estimated_at} />;
  return <span className={classes.none}>{queue.waiting > 0 ? "When it opens" : "–"}</span>;
}

const COLUMNS = column.columns([
  column.accessor("name", { header: "Country", meta: { phone: "title" } }),
  column.accessor((row) => wordsOf(row.operation), {
    id: "operation",
    header: "Operation",
    meta: { phone: "corner" },
  }),
  column.accessor("waiting", { header: "Waiting", meta: { align: "end" } }),
  column.accessor((row) => row.oldest_at ?? undefined, {
    id: "oldest",
    header: "Oldest",
    cell: ({ row: { original } }) => <Moment at={original.oldest_at} />,
  }),
  column.accessor((row) => row.estimated_at ?? (row.waiting > 0 ? "" : undefined), {
    id: "estimate",
    header: "Newcomer's turn",
    cell: ({ row: { original } }) => <Estimate queue={original} />,
  }),
  column.accessor("ready", { header: "Ready", meta: { align: "end" } }),
  column.accessor("claimed_today", { header: "Claimed today", meta: { align: "end" } }),
  column.accessor("passed_today", { header: "Passed today", meta: { align: "end" } }),
  column.accessor((row) => row.pace ?? undefined, {
    id: "pace",
    header: "A minute",
    meta: { align: "end" },
    cell: ({ row: { original } }) => original.pace?.toFixed(1) ?? "–",
  }),
]);

function clearing(slug: string) {
  return column.columns([
    column.display({
      id: "clear",
      header: () => <VisuallyHidden>Actions</VisuallyHidden>,
      cell: ({ row: { original } }) =>
        original.waiting === 0 ? null : (
          <ConfirmForm
            trigger={{ label: "Clear", variant: "default", size: "xs" }}
            title={`Clear the queue of ${original.name}`}
            explanation="All who wait now lose their place, and their page says that the queue has ended. Who is ready keeps the turn."
            action={clear.bind(null, slug)}
            hidden={{ country: original.country, operation: original.operation }}
            typeToConfirm={original.name}
            danger
            submitLabel="Clear queue"
            doneMessage={`The queue of ${original.name} is cleared`}
          />
        ),
    }),
  ]);
}

/** Each queue, the longest first. */
export function QueuesTable({ slug, queues, mayManage }: Props) {
  // The same columns at each refresh: new ones would close the dialog in a row.
  const columns = useMemo(() => (mayManage ? [...COLUMNS, ...clearing(slug)] : COLUMNS), [slug, mayManage]);
  return (
    <DataTable
      id="queues"
      label="Queues"
      noun={NOUN}
      columns={columns}
      rows={queues}
      hidden={HIDDEN}
      rowId={(row) => `${row.country}-${row.operation}`}
    />
  );
}
