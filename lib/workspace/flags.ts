import { asc, eq, sql } from "drizzle-orm";
import { flagDefinitions, flags, profiles } from "#lib/db/app-schema.ts";
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

export interface FlagRow {
  key: string;
  description: string;
  enabled: boolean;
  /** What a switch must name, so that two people don't switch at once. */
  version: number;
  updatedAt: string;
  /** Who switched it last, as far as the reader may know; null when nobody has. */
  updatedBy: { name: string | null } | null;
}

/** The workspace's flags for its members, with who switched each last. */
export async function readFlagRows(tx: Tx, workspaceId: string): Promise<FlagRow[]> {
  const rows = await tx
    .select({
      key: flags.key,
      description: flagDefinitions.description,
      enabled: flags.enabled,
      version: flags.version,
      updatedAt: flags.updated_at,
      updatedById: flags.updated_by,
      name: sql<string | null>`coalesce(${profiles.display_name}, ${profiles.email})`,
    })
    .from(flags)
    .innerJoin(flagDefinitions, eq(flagDefinitions.key, flags.key))
    .leftJoin(profiles, eq(profiles.id, flags.updated_by))
    .where(eq(flags.workspace_id, workspaceId))
    .orderBy(asc(flags.key));
  return rows.map(({ updatedById, name, ...row }) => ({
    ...row,
    updatedBy: updatedById === null ? null : { name },
  }));
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
