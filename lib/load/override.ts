import { sql } from "drizzle-orm";
import type { Tx } from "#lib/db/service.ts";

/** Forces a throttle level until a time; null gives the measured one back. Throws invalid_input, reason_required, forbidden. */
export async function overrideThrottle(
  tx: Tx,
  workspaceId: string,
  override: { level: number; until: string } | null,
  reason: string,
): Promise<void> {
  await tx.execute(sql`select launch.override_throttle(${workspaceId}::uuid, ${override?.level ?? null}::int,
    ${override?.until ?? null}::timestamptz, ${reason})`);
}

/** Says from which level an operation yields; 4 is never. Throws forbidden. */
export async function changeYield(
  tx: Tx,
  workspaceId: string,
  { operation, yields_from, reason }: { operation: string; yields_from: number; reason?: string | undefined },
): Promise<void> {
  await tx.execute(
    sql`select launch.change_throttle_policy(${workspaceId}::uuid, ${operation}, ${yields_from}::int, ${reason ?? null}::text)`,
  );
}
