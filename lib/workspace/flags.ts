import { sql } from "drizzle-orm";
import type { Tx } from "#lib/db/service.ts";

export type Flag = {
  key: string;
  enabled: boolean;
  version: number;
  updated_at: string;
  description: string;
};

/** The workspace's flags by key. Throws forbidden, not_found. */
export async function readFlags(tx: Tx, workspaceId: string): Promise<Flag[]> {
  return [...(await tx.execute<Flag>(sql`select * from app.read_flags(${workspaceId}::uuid)`))];
}

/** Switches a flag. Throws version_conflict when someone else switched it meanwhile, not_found, forbidden. */
export async function setFlag(
  tx: Tx,
  workspaceId: string,
  change: { key: string; enabled: boolean; reason: string | null; expectedVersion: number | null },
): Promise<void> {
  const { key, enabled, reason, expectedVersion } = change;
  await tx.execute(
    sql`select app.set_flag(${workspaceId}::uuid, ${key}, ${enabled}, ${reason}, ${expectedVersion}::int)`,
  );
}
