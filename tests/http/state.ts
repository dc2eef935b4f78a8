import type { TestDatabase } from "#tests/setup/database.ts";

/** Everything a request could have changed in a workspace, as one text. Compare before and after. */
export async function stateOf(db: TestDatabase, workspaceId: string): Promise<string> {
  const [row] = await db.owner<{ state: unknown }[]>`
    select jsonb_build_object(
      'counters', (select jsonb_agg(c order by c.id) from launch.counters c where c.workspace_id = ${workspaceId}),
      'countries', (select jsonb_agg(c order by c.code) from launch.countries c where c.workspace_id = ${workspaceId}),
      'caps', (select jsonb_agg(c order by c.country, c.operation) from launch.caps c where c.workspace_id = ${workspaceId}),
      'receipts', (select count(*) from launch.receipts r where r.workspace_id = ${workspaceId}),
      'keys', (select count(*) from launch.idempotency_keys k where k.workspace_id = ${workspaceId}),
      'reservations', (select jsonb_agg(v order by v.receipt_id) from launch.reservations v where v.workspace_id = ${workspaceId}),
      'audit', (select h.sequence from app.audit_heads h where h.workspace_id = ${workspaceId})) as state`;
  return JSON.stringify(row?.state);
}
