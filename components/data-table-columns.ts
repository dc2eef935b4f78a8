import {
  columnFilteringFeature,
  columnVisibilityFeature,
  createColumnHelper,
  createFilteredRowModel,
  createSortedRowModel,
  globalFilteringFeature,
  metaHelper,
  type ReactTable,
  type RowData,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  sortFn_datetime,
  sortFn_text,
  type TableOptions,
  tableFeatures,
} from "@tanstack/react-table";

/** What a column says about itself besides its accessor, header and cell. */
export type DataTableColumnMeta = {
  /** Its name in the column menu, the cards and the CSV; needed when `header` isn't a string. */
  label?: string;
  /** Numbers go to the end. */
  align?: "start" | "center" | "end";
  /** In a phone's card: `title` heads it, `corner` sits beside the title, `full` takes a whole line, `hidden` is left out. */
  phone?: "title" | "corner" | "full" | "hidden";
  /** `false` leaves it out of the CSV, `always` puts it there though it is hidden. Columns without an accessor are never in it. */
  csv?: false | "always";
};

export const dataTableFeatures = tableFeatures({
  columnFilteringFeature,
  columnVisibilityFeature,
  globalFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
  sortFns: {
    alphanumeric: sortFn_alphanumeric,
    basic: sortFn_basic,
    datetime: sortFn_datetime,
    text: sortFn_text,
  },
  columnMeta: metaHelper<DataTableColumnMeta>(),
});

type Features = typeof dataTableFeatures;

export type DataTableColumns<T extends RowData> = TableOptions<Features, T>["columns"];
export type DataTableInstance<T extends RowData> = ReactTable<Features, T>;
export type DataTableColumn<T extends RowData> = ReturnType<
  DataTableInstance<T>["getAllLeafColumns"]
>[number];

/** A typed column builder: `const column = columnsOf<Row>(); const columns = column.columns([column.accessor("name", {…})])`. */
export function columnsOf<T extends RowData>() {
  return createColumnHelper<Features, T>();
}

/** The name a person knows the column by. */
export function columnLabel<T extends RowData>(column: DataTableColumn<T>): string {
  const { header, meta } = column.columnDef;
  if (meta?.label !== undefined) return meta.label;
  return typeof header === "string" ? header : column.id;
}
