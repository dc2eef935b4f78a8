"use client";

import { Badge } from "@mantine/core";
import classes from "#app/(console)/[workspace]/jobs/jobs.module.css";
import {
  everyWords,
  STATES,
  skipWords,
  tookWords,
  waitWords,
} from "#app/(console)/[workspace]/jobs/words.ts";
import { DataTable } from "#components/data-table.tsx";
import { columnsOf } from "#components/data-table-columns.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { Job } from "#lib/jobs/jobs.ts";

type Props = { jobs: readonly Job[]; hrefBase: string };

const column = columnsOf<Job>();
const NOUN = { one: "job", many: "jobs" };

/** How a job stands, the worst first: late, failed, skipped here, or how its newest run ended. */
export function JobState({ job }: { job: Job }) {
  const { label, color } =
    job.late_since !== null
      ? { label: "Late", color: "red" }
      : job.state === null
        ? { label: "Never ran", color: "gray" }
        : !job.enabled
          ? { label: "Skipped here", color: "yellow" }
          : STATES[job.state];
  return (
    <Badge tt="none" variant="dot" color={color} miw="max-content">
      {label}
    </Badge>
  );
}

const COLUMNS = column.columns([
  column.accessor("name", {
    header: "Job",
    meta: { phone: "title" },
    cell: ({ row: { original } }) => <code>{original.name}</code>,
  }),
  column.accessor("state", {
    id: "state",
    header: "State",
    meta: { phone: "corner" },
    cell: ({ row: { original } }) => <JobState job={original} />,
  }),
  column.accessor("description", {
    header: "What it does",
    meta: { phone: "full" },
    cell: ({ row: { original } }) => (
      <span className={classes.description}>
        {original.description}
        {waitWords(original) !== null && <span className={classes.skip}>{waitWords(original)}</span>}
        {skipWords(original) !== null && <span className={classes.skip}>{skipWords(original)}</span>}
      </span>
    ),
  }),
  column.accessor((row) => everyWords(row.every_seconds), { id: "every", header: "Runs" }),
  column.accessor((row) => row.started_at ?? undefined, {
    id: "started",
    header: "Last run",
    cell: ({ row: { original } }) =>
      original.started_at === null ? (
        <span className={classes.none}>–</span>
      ) : (
        <RelativeTime at={original.started_at} />
      ),
  }),
  column.accessor((row) => row.lag_ms ?? undefined, {
    id: "lag",
    header: "Lag",
    meta: { align: "end" },
    cell: ({ row: { original } }) => tookWords(original.lag_ms),
  }),
  column.accessor((row) => row.took_ms ?? undefined, {
    id: "took",
    header: "Took",
    meta: { align: "end" },
    cell: ({ row: { original } }) => tookWords(original.took_ms),
  }),
]);

/** The engine's jobs; each row opens its history. */
export function JobsTable({ jobs, hrefBase }: Props) {
  return (
    <DataTable
      id="jobs"
      label="Jobs"
      noun={NOUN}
      columns={COLUMNS}
      rows={jobs}
      rowId={(row) => row.name}
      rowHref={(row) => `${hrefBase}${row.name}`}
    />
  );
}
