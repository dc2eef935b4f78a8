"use client";

import { Button } from "@mantine/core";
import { IconListCheck } from "@tabler/icons-react";
import { type ReactNode, useMemo } from "react";
import { lift, restore } from "#app/(console)/[workspace]/threats/actions.ts";
import classes from "#app/(console)/[workspace]/threats/threats.module.css";
import { KINDS, SOURCES } from "#app/(console)/[workspace]/threats/words.ts";
import { DataTable } from "#components/data-table.tsx";
import { columnsOf } from "#components/data-table-columns.ts";
import { EmptyState } from "#components/empty-state.tsx";
import { runAndTell, runAndUndo } from "#components/notices.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import type { Block } from "#lib/threats/schema.ts";

type Props = {
  slug: string;
  blocks: readonly Block[];
  mayManage: boolean;
  /** Nothing is filtered. */
  isWhole: boolean;
  /** The pager. */
  children: ReactNode;
};

const column = columnsOf<Block>();
const NOUN = { one: "block on this page", many: "blocks on this page" };
const HIDDEN = ["created_at"];

function liftAndTell(slug: string, { id, value }: Block): void {
  runAndUndo(lift.bind(null, slug), { id }, `${value} is no longer blocked`, () =>
    runAndTell(restore.bind(null, slug), { id }, `${value} is blocked again`),
  );
}

function columnsFor(slug: string, mayManage: boolean) {
  return column.columns([
    column.accessor("value", { header: "Value", meta: { phone: "title" } }),
    column.accessor((row) => KINDS[row.kind] ?? row.kind, { id: "kind", header: "Kind" }),
    column.accessor("until", {
      header: "Ends",
      cell: ({ row: { original } }) =>
        original.lifted_at === null ? (
          <RelativeTime at={original.until} />
        ) : (
          <span className={classes.muted}>
            Ended <RelativeTime at={original.lifted_at} />
          </span>
        ),
    }),
    column.accessor("reason", { header: "Reason", meta: { phone: "full" } }),
    column.accessor((row) => SOURCES[row.source] ?? row.source, { id: "source", header: "Blocked by" }),
    column.accessor("created_at", {
      header: "Since",
      cell: ({ row: { original } }) => <RelativeTime at={original.created_at} />,
    }),
    column.display({
      id: "lift",
      header: "Lift",
      meta: { align: "end", phone: "corner" },
      cell: ({ row: { original } }) =>
        mayManage &&
        original.in_force && (
          <Button
            variant="default"
            size="xs"
            aria-label={`Lift ${original.value}`}
            onClick={() => liftAndTell(slug, original)}
          >
            Lift
          </Button>
        ),
    }),
  ]);
}

/** One page of the blocklist. A lift is done at once and can be taken back. */
export function BlocksTable({ slug, blocks, mayManage, isWhole, children }: Props) {
  const columns = useMemo(() => columnsFor(slug, mayManage), [slug, mayManage]);
  return (
    <DataTable
      id="blocks"
      label="Blocks"
      noun={NOUN}
      columns={columns}
      rows={blocks}
      rowId={(row) => row.id}
      hidden={HIDDEN}
      footer={children}
      empty={
        <EmptyState icon={<IconListCheck />} title={isWhole ? "Nothing is blocked" : "No blocks match"}>
          {isWhole
            ? "Block a device, an account or an IP range, import a list, or let a rule of the threat shield do it."
            : "Choose another kind, or clear the search."}
        </EmptyState>
      }
    />
  );
}
