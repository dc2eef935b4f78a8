"use client";

import classes from "#app/(console)/[workspace]/signals/signals.module.css";
import { DataTable } from "#components/data-table.tsx";
import { columnsOf } from "#components/data-table-columns.ts";
import { formatCount } from "#components/number-format.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { TypeIntake } from "#lib/signals/intake.ts";

const column = columnsOf<TypeIntake>();
const NOUN = { one: "type", many: "types" };
const HIDDEN = ["duplicates"];
const BUSIEST = [{ id: "accepted", desc: true }];

/** A number that is faint where it is nothing. */
function Count({ of }: { of: number }) {
  return <span className={of === 0 ? classes.none : undefined}>{formatCount(of)}</span>;
}

function count(id: "hour" | "accepted" | "late" | "duplicates", header: string) {
  return column.accessor(id, {
    header,
    meta: { align: "end" },
    cell: ({ row: { original } }) => <Count of={original[id]} />,
  });
}

function Refused({ row }: { row: TypeIntake }) {
  if (row.refused + row.unknown === 0) return <Count of={0} />;
  const parts = [
    row.unknown > 0 && `${formatCount(row.unknown)} unknown`,
    row.refused > 0 && (row.unknown > 0 ? `${formatCount(row.refused)} refused` : formatCount(row.refused)),
  ];
  return (
    <>
      {parts.filter((part) => part !== false).join(", ")}
      {row.refused > 0 && row.last_problem !== null && (
        <span className={classes.problem}>Last: {row.last_problem}</span>
      )}
    </>
  );
}

const COLUMNS = column.columns([
  column.accessor((row) => (row.type === "*" ? "Not one of ours" : row.type), {
    id: "type",
    header: "Type",
    meta: { phone: "title" },
    cell: ({ row: { original } }) =>
      original.type === "*" ? <em>Not one of ours</em> : <code>{original.type}</code>,
  }),
  count("hour", "Last hour"),
  count("accepted", "24 hours"),
  count("late", "Late"),
  count("duplicates", "Repeated"),
  column.accessor((row) => row.refused + row.unknown, {
    id: "refused",
    header: "Refused",
    meta: { label: "Refused or unknown" },
    cell: ({ row: { original } }) => <Refused row={original} />,
  }),
  column.accessor((row) => row.last_at ?? undefined, {
    id: "last",
    header: "Last received",
    cell: ({ row: { original } }) =>
      original.last_at === null ? (
        <span className={classes.none}>None taken</span>
      ) : (
        <RelativeTime at={original.last_at} />
      ),
  }),
]);

/** Each type that came in: what became of it in 24 hours, what was wrong with it, and when the last one came; then those that didn't come. */
export function TypesTable({ types }: { types: readonly TypeIntake[] }) {
  const came = types.filter((type) => type.last_at !== null || type.problem_at !== null);
  const silent = types.filter((type) => !came.includes(type));
  return (
    <>
      <DataTable
        id="signal-types"
        label="Events by type"
        noun={NOUN}
        columns={COLUMNS}
        rows={came}
        rowId={(row) => row.type}
        hidden={HIDDEN}
        initialSort={BUSIEST}
        csvName="events-by-type"
      />
      {silent.length > 0 && (
        <p className={classes.silent}>
          Not in 7 days:{" "}
          {silent.map(({ type }, index) => (
            <span key={type}>
              {index > 0 && ", "}
              <code>{type}</code>
            </span>
          ))}
        </p>
      )}
    </>
  );
}
