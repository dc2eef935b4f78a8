"use client";

import { Badge } from "@mantine/core";
import classes from "#app/(console)/[workspace]/signals/signals.module.css";
import { DataTable } from "#components/data-table.tsx";
import { columnsOf } from "#components/data-table-columns.ts";
import { formatCount } from "#components/number-format.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { LastMeasurement, Pull } from "#lib/signals/intake.ts";

const measured = columnsOf<LastMeasurement>();
const pulled = columnsOf<Pull>();
const MEASUREMENTS = { one: "measurement", many: "measurements" };
const PULLS = { one: "query", many: "queries" };
const SOURCES: Record<string, string> = {
  reported: "Reported",
  events: "Counted from events",
  prometheus: "Prometheus",
};

const MEASURED = measured.columns([
  measured.accessor("name", {
    header: "Measurement",
    meta: { phone: "title" },
    cell: ({ row: { original } }) => <code>{original.name}</code>,
  }),
  measured.accessor("value", {
    header: "Last value",
    meta: { align: "end" },
    cell: ({ row: { original } }) => formatCount(original.value),
  }),
  measured.accessor("measured_at", {
    header: "Measured",
    cell: ({ row: { original } }) => (
      <span className={classes.age}>
        <RelativeTime at={original.measured_at} />
        {original.is_stale && <Badge color="yellow">stale</Badge>}
      </span>
    ),
  }),
  measured.accessor((row) => SOURCES[row.source ?? "reported"] ?? "Reported", {
    id: "source",
    header: "Comes from",
  }),
  measured.accessor((row) => row.value_limit ?? undefined, {
    id: "limit",
    header: "Limit",
    meta: { align: "end" },
    cell: ({ row: { original } }) =>
      original.value_limit === null ? (
        <span className={classes.none}>None</span>
      ) : (
        formatCount(original.value_limit)
      ),
  }),
]);

const PULLED = pulled.columns([
  pulled.accessor("name", {
    header: "Measurement",
    meta: { phone: "title" },
    cell: ({ row: { original } }) => <code>{original.name}</code>,
  }),
  pulled.accessor("query", {
    header: "Query",
    meta: { phone: "full" },
    cell: ({ row: { original } }) => (
      <>
        <code className={classes.query}>{original.query}</code>
        <span className={classes.problem}>{original.url}</span>
      </>
    ),
  }),
  pulled.accessor((row) => (row.enabled ? (row.last_error ?? (row.last_at === null ? "" : "ok")) : "off"), {
    id: "result",
    header: "Last pull",
    meta: { phone: "full" },
    cell: ({ row: { original } }) => <PullResult pull={original} />,
  }),
  pulled.accessor((row) => row.last_at ?? undefined, {
    id: "last",
    header: "Last value",
    cell: ({ row: { original } }) =>
      original.last_at === null ? (
        <span className={classes.none}>Never</span>
      ) : (
        <RelativeTime at={original.last_at} />
      ),
  }),
]);

function PullResult({ pull }: { pull: Pull }) {
  if (!pull.enabled) return <Badge color="gray">switched off</Badge>;
  if (pull.last_error !== null)
    return (
      <>
        <Badge color="red">failed</Badge>
        <span className={classes.problem}>{pull.last_error}</span>
      </>
    );
  return pull.last_at === null ? <Badge color="gray">not yet</Badge> : <Badge color="green">a value</Badge>;
}

/** Each measurement with its newest value and how old that is. */
export function MeasurementsTable({ rows }: { rows: readonly LastMeasurement[] }) {
  return (
    <DataTable
      id="signal-measurements"
      label="Measurements"
      noun={MEASUREMENTS}
      columns={MEASURED}
      rows={rows}
      rowId={(row) => row.name}
    />
  );
}

/** What is pulled from Prometheus, and how the last pull went. */
export function PullsTable({ rows }: { rows: readonly Pull[] }) {
  return (
    <DataTable
      id="signal-pulls"
      label="Prometheus queries"
      noun={PULLS}
      columns={PULLED}
      rows={rows}
      rowId={(row) => row.name}
    />
  );
}
