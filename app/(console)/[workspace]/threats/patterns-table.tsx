"use client";

import { Badge } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { ruleWords } from "#app/(console)/[workspace]/threats/words.ts";
import { DataTable } from "#components/data-table.tsx";
import { columnsOf } from "#components/data-table-columns.ts";
import { EmptyState } from "#components/empty-state.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import type { PatternRow } from "#lib/threats/patterns.ts";

const column = columnsOf<PatternRow>();
const NOUN = { one: "pattern", many: "patterns" };
const STATES: Record<string, string> = { active: "red", quiet: "gray" };
const columns = column.columns([
  column.accessor("entity", { header: "Entity", meta: { phone: "title" } }),
  column.accessor((row) => ruleWords(row.rule), { id: "rule", header: "Rule" }),
  column.accessor("state", {
    header: "State",
    meta: { phone: "corner" },
    cell: ({ row: { original } }) => (
      <Badge tt="none" variant="dot" color={STATES[original.state] ?? "gray"}>
        {original.mode === "live" ? original.state : `${original.state}, ${original.mode}`}
      </Badge>
    ),
  }),
  column.accessor((row) => row.country ?? undefined, { id: "country", header: "Country" }),
  column.accessor("peak", { header: "Peak", meta: { align: "end" } }),
  column.accessor("accounts", { header: "Accounts", meta: { align: "end" } }),
  column.accessor("last_at", {
    header: "Last event",
    cell: ({ row: { original } }) => <RelativeTime at={original.last_at} />,
  }),
]);

type Props = { patterns: readonly PatternRow[]; hrefBase: string };

/** What the shield found; each row opens its pattern. */
export function PatternsTable({ patterns, hrefBase }: Props) {
  return (
    <DataTable
      id="patterns"
      label="What the shield found"
      noun={NOUN}
      columns={columns}
      rows={patterns}
      rowId={(row) => row.id}
      rowHref={(row) => `${hrefBase}${row.id}`}
      csvName="patterns"
      empty={
        <EmptyState icon={<IconShieldCheck />} title="The shield has found nothing">
          It looks every five minutes for devices with many accounts, rings of creators, and bursts of
          payments and chargebacks among the events that your product reports.
        </EmptyState>
      }
    />
  );
}
