import type { TestDatabase } from "#tests/setup/database.ts";
import type { Observation } from "./job.ts";

/** How a ledger falls short of what clients heard. All zero when every promise was kept. */
export interface Shortfall {
  /** Decisions a client heard that are not in the ledger under the same id with the same verdict. */
  lost: number;
  /** Units in the counter beyond the cap. */
  overAdmitted: number;
  /** Units by which the counter and the ledger's grants differ. */
  unbalanced: number;
  /** Keys under which clients heard two different answers. */
  changed: number;
}

/** Holds what clients heard against the ledger of one counter whose checks are all of one unit. */
export async function shortfallOf(
  db: TestDatabase,
  workspaceId: string,
  observations: Observation[],
): Promise<Shortfall> {
  const [books] = await db.owner<{ used: number; cap: number; granted: number }[]>`
    select c.used, cap.units as cap, (select count(*)::int from launch.receipts r where r.workspace_id = ${workspaceId} and r.allowed) as granted
    from launch.counters c join launch.caps cap using (workspace_id, country, operation)
    where c.workspace_id = ${workspaceId} and c.operation = 'user'`;
  const rows = await db.owner<{ id: string; allowed: boolean; key: string }[]>`
    select id, allowed, idempotency_key as key from launch.receipts where workspace_id = ${workspaceId}`;
  const ledger = new Map(rows.map((row) => [row.id, row]));
  const heard = new Map<string, Set<string>>();
  let lost = 0;
  for (const { key, outcome } of observations) {
    if (!outcome.answered) continue;
    heard.set(key, (heard.get(key) ?? new Set()).add(outcome.body));
    const kept = ledger.get(outcome.id);
    if (kept?.allowed !== outcome.allowed || kept.key !== key) lost += 1;
  }
  const { used, cap, granted } = books ?? { used: 0, cap: 0, granted: 0 };
  return {
    lost,
    overAdmitted: Math.max(used - cap, granted - cap, 0),
    unbalanced: Math.abs(used - granted),
    changed: [...heard.values()].filter((bodies) => bodies.size > 1).length,
  };
}
