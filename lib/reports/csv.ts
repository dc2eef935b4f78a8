import Papa from "papaparse";
import type { ReportTable } from "./package.ts";

/** A report's table as CSV (RFC 4180, UTF-8). What a spreadsheet would take for a formula is kept from being one. */
export function tableCsv({ columns, rows }: ReportTable): Buffer {
  const text = Papa.unparse([[...columns], ...rows], { escapeFormulae: true, newline: "\r\n" });
  return Buffer.from(`${text}\r\n`, "utf8");
}
