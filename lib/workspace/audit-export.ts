import Papa from "papaparse";
import { asUser, type Claims } from "#lib/db/as-user.ts";
import { type AuditFilter, readAuditHead, readSealedEntries, type SealedEntry } from "./audit.ts";

export interface AuditExport {
  claims: Claims;
  workspace: { id: string; slug: string; name: string };
  filter: AuditFilter;
  format: "csv" | "json";
}

const CHUNK = 1000;

const FIELDS = [
  "sequence",
  "at",
  "actor_kind",
  "actor_id",
  "actor_label",
  "action",
  "resource_type",
  "resource_id",
  "severity",
  "reason",
  "details",
  "previous_hash",
  "hash",
  "text",
] as const satisfies readonly (keyof SealedEntry)[];

async function* chunks(
  { claims, workspace, filter }: AuditExport,
  through: number,
): AsyncGenerator<SealedEntry[]> {
  let after = 0;
  for (;;) {
    const page = { after, through, limit: CHUNK };
    const entries = await asUser(claims, (tx) => readSealedEntries(tx, workspace.id, filter, page));
    const last = entries.at(-1);
    if (last !== undefined) yield entries;
    if (last === undefined || entries.length < CHUNK) return;
    after = last.sequence;
  }
}

function csvLines(entries: SealedEntry[]): string {
  const rows = entries.map((entry) =>
    FIELDS.map((field) => (field === "details" ? JSON.stringify(entry.details) : entry[field])),
  );
  // A spreadsheet runs a cell that begins like a formula; such a cell gets a leading apostrophe. The text column never does.
  return `${Papa.unparse(rows, { escapeFormulae: true, newline: "\r\n" })}\r\n`;
}

/**
 * The entries the person may read, oldest first, a piece at a time: CSV, or one JSON document
 * `{workspace, complete, head, entries}`. The end is fixed when it begins. `complete` says that nothing was filtered out, so that the
 * chain can be followed from the first entry to `head`.
 */
export async function* exportAudit(request: AuditExport): AsyncGenerator<string> {
  const { claims, workspace, filter, format } = request;
  const head = await asUser(claims, (tx) => readAuditHead(tx, workspace.id));
  const pages = chunks(request, head?.sequence ?? Number.MAX_SAFE_INTEGER);
  if (format === "csv") {
    yield `${FIELDS.join(",")}\r\n`;
    for await (const entries of pages) yield csvLines(entries);
    return;
  }
  const complete = head !== null && Object.values(filter).every((value) => value === undefined);
  const { id, slug, name } = workspace;
  yield `${JSON.stringify({ workspace: { id, slug, name }, complete, head }).slice(0, -1)},"entries":[`;
  let first = true;
  for await (const entries of pages) {
    yield `${first ? "" : ","}\n${entries.map((entry) => JSON.stringify(entry)).join(",\n")}`;
    first = false;
  }
  yield "\n]}\n";
}
