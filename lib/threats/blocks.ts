import { sql } from "drizzle-orm";
import type { Tx } from "#lib/db/service.ts";
import { pageOf } from "#lib/page.ts";
import type { Block, BlockQuery } from "./schema.ts";

type Row = Block & Record<string, unknown>;

const time = (value: string): string => new Date(value).toISOString();

function blockOf(row: Row): Block {
  return {
    id: row.id,
    kind: row.kind,
    value: row.value,
    reason: row.reason,
    source: row.source,
    alert_id: row.alert_id,
    created_at: time(row.created_at),
    until: time(row.until),
    lifted_at: row.lifted_at === null ? null : time(row.lifted_at),
    in_force: row.in_force,
  };
}

const IN_FORCE = sql`b.lifted_at is null and b.until > launch.now()`;

/** A page of the blocklist as the API answers it, newest first, without persons. Throws forbidden, not_found. */
export async function readPublicBlocks(tx: Tx, workspaceId: string, query: BlockQuery) {
  const { kind = null, value = null, cursor = null, limit } = query;
  const rows = await tx.execute<Row>(sql`select b.*, ${IN_FORCE} as in_force
    from launch.list_blocks(${workspaceId}::uuid, ${kind}, ${value}, ${query.in_force === "true"}, ${cursor}::uuid, ${limit + 1}::int) b`);
  const { data, next_cursor } = pageOf(rows, limit);
  return { data: data.map(blockOf), next_cursor };
}

/** What the console's list is narrowed to. `search` finds a part of the value or the reason. */
export type BlockFilter = { kind?: Block["kind"]; search?: string; all?: boolean };

/** A page of the blocklist for its readers, newest first. */
export async function readBlocks(
  tx: Tx,
  workspaceId: string,
  filter: BlockFilter,
  page: { cursor?: string; limit: number },
) {
  const { kind = null, search = null } = filter;
  const rows = await tx.execute<Row>(sql`select b.*, ${IN_FORCE} as in_force from launch.blocks b
    where b.workspace_id = ${workspaceId}::uuid and (${kind}::text is null or b.kind = ${kind})
      and (${filter.all === true} or ${IN_FORCE}) and (${page.cursor ?? null}::uuid is null or b.id < ${page.cursor ?? null}::uuid)
      and (${search}::text is null or strpos(lower(b.value), lower(${search})) > 0 or strpos(lower(b.reason), lower(${search})) > 0)
    order by b.id desc limit ${page.limit + 1}`);
  const { data, next_cursor } = pageOf(rows, page.limit);
  return { data: data.map(blockOf), next_cursor };
}
