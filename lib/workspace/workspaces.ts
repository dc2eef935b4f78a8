import { sql } from "drizzle-orm";
import type { Tx } from "#lib/db/service.ts";
import type { Environment } from "./vocabulary.ts";

/** Makes a workspace owned by the signed-in person. Resolves with its slug. Throws duplicate when the slug is taken, invalid_input. */
export async function createWorkspace(
  tx: Tx,
  workspace: { name: string; slug: string; environment: Environment },
): Promise<string> {
  const { name, slug, environment } = workspace;
  const [row] = await tx.execute<{ slug: string }>(
    sql`select slug from app.create_workspace(${name}, ${slug}, ${environment})`,
  );
  if (row === undefined) throw new Error("create_workspace returned no row");
  return row.slug;
}

/** Renames a workspace and sets what happens to countries nobody has listed. Throws invalid_input, forbidden. */
export async function changeWorkspace(
  tx: Tx,
  workspaceId: string,
  change: { name: string; allowsUnlistedCountries: boolean; reason: string | null },
): Promise<void> {
  const { name, allowsUnlistedCountries, reason } = change;
  await tx.execute(
    sql`select app.change_workspace(${workspaceId}::uuid, ${name}, ${allowsUnlistedCountries}, ${reason})`,
  );
}

/** Changes the signed-in person's own name; null leaves the address to stand for it. Throws invalid_input. */
export async function renameMe(tx: Tx, name: string | null): Promise<void> {
  await tx.execute(sql`select app.rename_me(${name})`);
}
