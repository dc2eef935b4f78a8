import type { FilterFn, RowData } from "@tanstack/react-table";
import type { dataTableFeatures } from "#components/data-table-columns.ts";

/** Lower case without accents, so that "cesko" finds "Česko". */
function foldText(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** A global filter: every word of the query must occur somewhere in the row's values or in `searchText`. */
export function matchesEveryWord<T extends RowData>(
  searchText: ((row: T) => string) | undefined,
): FilterFn<typeof dataTableFeatures, T> {
  // The table asks once per column; a row's text is built once per set of rows.
  const texts = new WeakMap<T, string>();
  return (row, _columnId, query: unknown) => {
    let text = texts.get(row.original);
    if (text === undefined) {
      const values = row.getAllCells().map((cell) => cell.getValue());
      text = foldText([...values, searchText?.(row.original)].filter((value) => value != null).join(" "));
      texts.set(row.original, text);
    }
    return foldText(String(query ?? ""))
      .split(/\s+/)
      .every((word) => text.includes(word));
  };
}
