import Papa from "papaparse";
import { asUser, type Claims } from "#lib/db/as-user.ts";
import { type BlockFilter, readBlocks } from "./blocks.ts";
import type { Block } from "./schema.ts";

export type BlockExport = {
  claims: Claims;
  workspaceId: string;
  filter: BlockFilter;
  format: "csv" | "json";
};

const CHUNK = 1000;

// With it also what an import would take for such an apostrophe, so that every value comes back as it was.
const FORMULA = /^'*[=+\-@\t\r]/;

const FIELDS = [
  "kind",
  "value",
  "until",
  "reason",
  "source",
  "created_at",
  "lifted_at",
  "in_force",
] as const satisfies readonly (keyof Block)[];

async function* chunks({ claims, workspaceId, filter }: BlockExport): AsyncGenerator<Block[]> {
  let cursor: string | null = null;
  do {
    const place: { cursor?: string; limit: number } = { limit: CHUNK, ...(cursor !== null && { cursor }) };
    const page = await asUser(claims, (tx) => readBlocks(tx, workspaceId, filter, place));
    if (page.data.length > 0) yield page.data;
    cursor = page.next_cursor;
  } while (cursor !== null);
}

/**
 * The blocks the person may read, newest first, a piece at a time: CSV, which the import takes as it is, or a JSON list. A cell that a
 * spreadsheet would run gets a leading apostrophe.
 */
export async function* exportBlocks(request: BlockExport): AsyncGenerator<string> {
  if (request.format === "csv") {
    yield `${FIELDS.join(",")}\r\n`;
    for await (const blocks of chunks(request)) {
      const rows = blocks.map((block) => FIELDS.map((field) => block[field]));
      yield `${Papa.unparse(rows, { escapeFormulae: FORMULA, newline: "\r\n" })}\r\n`;
    }
    return;
  }
  yield "[";
  let first = true;
  for await (const blocks of chunks(request)) {
    yield `${first ? "" : ","}\n${blocks.map((block) => JSON.stringify(block)).join(",\n")}`;
    first = false;
  }
  yield "\n]\n";
}
