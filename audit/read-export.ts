import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Head, Link } from "./chain.ts";

const Hash = z.string().regex(/^([0-9a-f]{64})?$/);

const Entry = z.object({
  sequence: z.int().min(1),
  at: z.string(),
  actor_kind: z.string(),
  actor_id: z.string().nullable(),
  actor_label: z.string(),
  action: z.string(),
  resource_type: z.string(),
  resource_id: z.string(),
  severity: z.string(),
  reason: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  previous_hash: Hash,
  hash: Hash,
  text: z.string(),
});

const Export = z.object({
  workspace: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  complete: z.boolean(),
  head: z.object({ sequence: z.int().min(0), hash: Hash }).nullable(),
  entries: z.array(Entry),
});

export interface ExportedChain {
  slug: string;
  complete: boolean;
  head: Head | null;
  links: Link[];
}

function contradictionOf(entry: z.infer<typeof Entry>, workspaceId: string): string | undefined {
  const said = [
    workspaceId,
    entry.sequence,
    entry.at,
    entry.actor_kind,
    entry.actor_id,
    entry.actor_label,
    entry.action,
    entry.resource_type,
    entry.resource_id,
    entry.severity,
    entry.reason,
    entry.details,
  ];
  let sealed: unknown;
  try {
    sealed = JSON.parse(entry.text);
  } catch (error) {
    if (error instanceof SyntaxError) return "was altered: its text isn't JSON";
    throw error;
  }
  return isDeepStrictEqual(sealed, said)
    ? undefined
    : "was altered: it says something else than the text it is sealed with";
}

/** Reads a JSON export of the audit page. Throws when the file isn't one. */
export function readExport(file: string): ExportedChain {
  const { workspace, complete, head, entries } = Export.parse(JSON.parse(readFileSync(file, "utf8")));
  const links = entries.map((entry): Link => {
    const contradiction = contradictionOf(entry, workspace.id);
    const { sequence, previous_hash: previousHash, hash, text } = entry;
    return { sequence, previousHash, hash, text, ...(contradiction !== undefined && { contradiction }) };
  });
  return { slug: workspace.slug, complete, head, links };
}
