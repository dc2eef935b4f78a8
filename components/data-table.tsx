"use client";

import { Alert, Button } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconSearchOff } from "@tabler/icons-react";
import { functionalUpdate, type RowData, type SortingState, useTable } from "@tanstack/react-table";
import type { ReactNode } from "react";
import classes from "#components/data-table.module.css";
import { type DataTableColumns, dataTableFeatures } from "#components/data-table-columns.ts";
import { DataTableHead, DataTableRows, DataTableSkeleton } from "#components/data-table-rows.tsx";
import { matchesEveryWord } from "#components/data-table-search.ts";
import { DataTableToolbar } from "#components/data-table-toolbar.tsx";
import { EmptyState } from "#components/empty-state.tsx";

export type DataTableProps<T extends RowData> = {
  /** Names the stored column choice; one per table in the product. */
  id: string;
  /** Accessible name of the table. */
  label: string;
  /** What a row is, for the search box, the count and the empty state: `{ one: "country", many: "countries" }`. */
  noun: { one: string; many: string };
  /** Stable across renders (module scope or `useMemo`), built with `columnsOf<T>()`. */
  columns: DataTableColumns<T>;
  /** `undefined` while loading. */
  rows: readonly T[] | undefined;
  rowId: (row: T) => string;
  /** Makes every row a link. The title column's cell must then hold nothing interactive. */
  rowHref?: (row: T) => string;
  /** More text a search should find (a code, an alias). */
  searchText?: (row: T) => string;
  initialSort?: SortingState;
  /** Column ids hidden until a person asks for them. */
  hidden?: readonly string[];
  /** File name without date and ending; no CSV button without it. */
  csvName?: string;
  /** The page's own filters, shown beside the search. */
  filters?: ReactNode;
  /** Shown instead of the table when there are no rows at all. */
  empty?: ReactNode;
  /** Shown instead of the rows when they couldn't be read. */
  error?: { message: string; retry?: () => void };
  /** Below the rows: a pager. */
  footer?: ReactNode;
};

const NO_ROWS: readonly never[] = [];

/** A sortable, searchable table that turns into cards on a phone. */
export function DataTable<T extends RowData>(props: DataTableProps<T>) {
  const { columns, rows, noun, rowId, searchText, initialSort = [] } = props;
  const [columnVisibility, setVisibility] = useLocalStorage<Record<string, boolean>>({
    key: `gantry:columns:${props.id}`,
    defaultValue: Object.fromEntries((props.hidden ?? []).map((id) => [id, false])),
  });
  const table = useTable({
    features: dataTableFeatures,
    columns,
    data: rows ?? NO_ROWS,
    getRowId: rowId,
    globalFilterFn: matchesEveryWord(searchText),
    getColumnCanGlobalFilter: (column) => column.accessorFn !== undefined,
    defaultColumn: { sortUndefined: "last" },
    initialState: { sorting: initialSort },
    state: { columnVisibility },
    onColumnVisibilityChange: (updater) => setVisibility((current) => functionalUpdate(updater, current)),
  });
  if (rows?.length === 0 && props.empty !== undefined && props.error === undefined) return props.empty;

  const shown = table.getRowModel().rows.length;
  const count = `${shown === rows?.length ? shown : `${shown} of ${rows?.length ?? 0}`} ${shown === 1 ? noun.one : noun.many}`;
  const loading = rows === undefined && props.error === undefined;
  const rowsRegion = (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <div className={classes.region} tabIndex={0} role="region" aria-label={props.label}>
      <table className={classes.table} role="table" aria-label={props.label} aria-busy={loading}>
        <DataTableHead table={table} />
        {loading ? (
          <DataTableSkeleton columns={table.getVisibleLeafColumns().length} />
        ) : (
          <DataTableRows table={table} rowHref={props.rowHref} />
        )}
      </table>
      {!loading && shown === 0 && (
        <EmptyState
          icon={<IconSearchOff />}
          title={`No ${noun.many} match`}
          action={
            <Button variant="default" onClick={() => table.setGlobalFilter("")}>
              Clear search
            </Button>
          }
        />
      )}
    </div>
  );
  return (
    <div className={classes.root}>
      <DataTableToolbar table={table} searchLabel={`Search ${noun.many}`} csvName={props.csvName}>
        {props.filters}
      </DataTableToolbar>
      {props.error !== undefined ? <LoadError {...props.error} /> : rowsRegion}
      <div className={classes.footer}>
        {props.error === undefined && <span role="status">{loading ? `Loading ${noun.many}…` : count}</span>}
        {props.footer}
      </div>
    </div>
  );
}

function LoadError({ message, retry }: { message: string; retry?: () => void }) {
  return (
    <Alert color="red" title="These rows couldn't be read">
      <p className={classes.message}>{message}</p>
      {retry !== undefined && (
        <Button size="xs" variant="default" onClick={retry}>
          Try again
        </Button>
      )}
    </Alert>
  );
}
