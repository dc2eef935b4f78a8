import postgres from "postgres";
import type { Head, Link } from "./chain.ts";

/** A workspace's chain as it stands in the database. */
export interface StoredChain {
  head: Head | null;
  links: AsyncIterable<Link>;
}

interface Row {
  workspace_id: string;
  sequence: string;
  at: string;
  actor_kind: string;
  actor_id: string | null;
  actor_label: string;
  action: string;
  resource_type: string;
  resource_id: string;
  severity: string;
  reason: string | null;
  /** As Postgres writes jsonb: that text is hashed, and no reader of JSON keeps it as it was. */
  details: string;
  previous_hash: string;
  hash: string;
}

/** The text of a row, built here and not by the database that is being checked. */
function textOf(row: Row): string {
  const parts = [
    JSON.stringify(row.workspace_id),
    row.sequence,
    ...[row.at, row.actor_kind, row.actor_id, row.actor_label, row.action].map((part) =>
      JSON.stringify(part),
    ),
    ...[row.resource_type, row.resource_id, row.severity, row.reason].map((part) => JSON.stringify(part)),
    row.details,
  ];
  return `[${parts.join(", ")}]`;
}

/**
 * Reads a workspace's chain in one snapshot, a thousand entries at a time, and hands it to `work`. Needs an address that may read the tables
 * past row-level security: the owner's. Resolves with undefined when there is no such workspace.
 */
export async function readDatabase<T>(
  url: string,
  slug: string,
  work: (chain: StoredChain) => Promise<T>,
): Promise<T | undefined> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined, prepare: false });
  try {
    const result = await sql.begin("isolation level repeatable read read only", async (tx) => {
      const [workspace] = await tx<{ id: string }[]>`select id from app.workspaces where slug = ${slug}`;
      if (workspace === undefined) return { value: undefined };
      const [head] = await tx<{ sequence: string; hash: string }[]>`
        select sequence, encode(hash, 'hex') as hash from app.audit_heads where workspace_id = ${workspace.id}`;
      const stored = head === undefined ? null : { sequence: Number(head.sequence), hash: head.hash };
      return { value: await work({ head: stored, links: linksOf(tx, workspace.id) }) };
    });
    return result.value;
  } finally {
    await sql.end();
  }
}

async function* linksOf(tx: postgres.TransactionSql, workspaceId: string): AsyncGenerator<Link> {
  const rows = tx<Row[]>`
    select workspace_id, sequence, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
      actor_kind, actor_id, actor_label, action, resource_type, resource_id, severity, reason,
      details::text as details, encode(previous_hash, 'hex') as previous_hash, encode(hash, 'hex') as hash
    from app.audit_entries where workspace_id = ${workspaceId} order by sequence`.cursor(1000);
  for await (const page of rows) {
    for (const row of page) {
      const { previous_hash: previousHash, hash } = row;
      yield { sequence: Number(row.sequence), previousHash, hash, text: textOf(row) };
    }
  }
}
