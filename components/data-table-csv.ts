import type { RowData } from "@tanstack/react-table";
import Papa from "papaparse";
import { columnLabel, type DataTableInstance } from "#components/data-table-columns.ts";

// A spreadsheet runs a cell that begins with one of these, also after spaces, in full width, or over several lines.
const FORMULA = /^[\s\0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

function cellText(value: unknown): string | number | boolean {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "number" || typeof value === "boolean") return value;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** RFC 4180 text of a header and its rows; a cell that a spreadsheet would run as a formula gets a leading apostrophe. */
export function csvText(fields: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const data = rows.map((row) => row.map(cellText));
  return Papa.unparse({ fields: [...fields], data }, { escapeFormulae: FORMULA, newline: "\r\n" });
}

/** Saves what the table shows (its filter, order and visible columns, and those that are always saved) as `<name>-<UTC date>.csv`. */
export function downloadCsv<T extends RowData>(table: DataTableInstance<T>, name: string): void {
  const columns = table
    .getAllLeafColumns()
    .filter((column) => column.getIsVisible() || column.columnDef.meta?.csv === "always")
    .filter((column) => column.accessorFn !== undefined && column.columnDef.meta?.csv !== false);
  const rows = table.getRowModel().rows.map((row) => columns.map((column) => row.getValue(column.id)));
  const text = csvText(columns.map(columnLabel), rows);
  // The byte order mark makes Excel read UTF-8.
  const url = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name}-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
