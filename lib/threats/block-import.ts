import { sql } from "drizzle-orm";
import Papa from "papaparse";
import type { Tx } from "#lib/db/service.ts";

/** A row of a file, as it was written. */
export type ImportRow = { kind: string; value: string; until: string; reason: string };

/** The rows of a file, or what is wrong with it in a sentence. */
export type ParsedBlocks = { rows: ImportRow[] } | { problem: string };

/** What an import does, or would do: counts, and the refused rows by their place below the header, 100 at most. */
export type ImportReport = {
  added: number;
  extended: number;
  refused: number;
  refusals: { row: number; value: string; problem: string }[];
};

const MOST = 10_000;

/** The apostrophe that keeps a spreadsheet from running a cell. */
const GUARD = /^'(?='*[=+\-@])/;

/**
 * Reads a CSV of blocks: columns kind and value, and until and reason if there are, in any order. Commas, semicolons or tabs. An apostrophe
 * before what a spreadsheet would run, as an export writes it, is not part of the value.
 */
export function parseBlocks(text: string): ParsedBlocks {
  const { data, meta } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ""), {
    header: true,
    skipEmptyLines: "greedy",
    transformHeader: (name) => name.trim().toLowerCase(),
    transform: (value) => value.trim().replace(GUARD, ""),
  });
  const missing = ["kind", "value"].filter((name) => !(meta.fields ?? []).includes(name));
  if (missing.length > 0)
    return { problem: `The first line must name the columns: ${missing.join(", ")} missing.` };
  if (data.length === 0) return { problem: "There are no rows below the first line." };
  if (data.length > MOST) return { problem: "A file has at most 10,000 rows. Split it." };
  const rows = data.map(({ kind = "", value = "", until = "", reason = "" }) => ({
    kind,
    value,
    until,
    reason,
  }));
  return { rows };
}

/** Imports rows, or with `preview` says what it would do. Throws reason_required, invalid_input, forbidden. */
export async function importBlocks(
  tx: Tx,
  workspaceId: string,
  { rows, reason, preview }: { rows: readonly ImportRow[]; reason: string; preview: boolean },
): Promise<ImportReport> {
  const column = (name: keyof ImportRow) => sql`${sql.param(rows.map((row) => row[name]))}::text[]`;
  const read = await tx.execute<{ place: number; outcome: string; problem: string | null }>(sql`
    select place, outcome, problem from launch.import_blocks(${workspaceId}::uuid, ${column("kind")}, ${column("value")}, ${column("until")},
      ${column("reason")}, ${reason}, ${preview})`);
  const count = (outcome: string) => read.filter((row) => row.outcome === outcome).length;
  return {
    added: count("added"),
    extended: count("extended"),
    refused: count("refused"),
    refusals: read
      .filter((row) => row.outcome === "refused")
      .slice(0, 100)
      .map(({ place, problem }) => ({
        row: place,
        value: rows[place - 1]?.value ?? "",
        problem: problem ?? "",
      })),
  };
}
