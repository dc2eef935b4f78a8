import { eq, sql } from "drizzle-orm";
import { regionSettings } from "#lib/db/regions-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import type { RegionSettingsInput } from "./schema.ts";

export type RegionSettings = Omit<typeof regionSettings.$inferSelect, "workspace_id">;

/** What a workspace counts in, when it warns, and what its gate asks for. Null for who may not read it. */
export async function readRegionSettings(tx: Tx, workspaceId: string): Promise<RegionSettings | null> {
  const [row] = await tx.select().from(regionSettings).where(eq(regionSettings.workspace_id, workspaceId));
  if (row === undefined) return null;
  const { workspace_id: _, ...settings } = row;
  return settings;
}

/** Changes the settings that are given. Throws forbidden, invalid_input, reason_required, version_conflict. */
export async function changeRegionSettings(
  tx: Tx,
  workspaceId: string,
  change: { settings: RegionSettingsInput; reason: string; expected_version: number },
): Promise<void> {
  await tx.execute(sql`select launch.change_region_settings(${workspaceId}::uuid, ${JSON.stringify(change.settings)}::text::jsonb, ${change.reason},
    ${change.expected_version}::int)`);
}
