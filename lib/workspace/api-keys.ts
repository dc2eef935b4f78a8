import { desc, eq, inArray, sql } from "drizzle-orm";
import { apiKeys, permissions, profiles } from "#lib/db/app-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import { drawKey } from "./key-format.ts";
import { SCOPES, type Scope } from "./vocabulary.ts";

export interface ApiKeyRow {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  /** in_force, or in_overlap when another key has replaced it and it still works until it expires. */
  state: "in_force" | "in_overlap" | "expired" | "revoked";
  createdBy: string | null;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

/** The workspace's keys, newest first. Empty for who may not manage keys. */
export async function readApiKeys(tx: Tx, workspaceId: string): Promise<ApiKeyRow[]> {
  return tx
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      prefix: apiKeys.prefix,
      scopes: apiKeys.scopes,
      state: sql<ApiKeyRow["state"]>`case when ${apiKeys.revoked_at} is not null then 'revoked'
        when ${apiKeys.expires_at} <= launch.now() then 'expired'
        when exists (select from app.api_keys replacement where replacement.rotated_from = ${apiKeys.id}) then 'in_overlap'
        else 'in_force' end`,
      createdBy: sql<string | null>`coalesce(${profiles.display_name}, ${profiles.email})`,
      createdAt: apiKeys.created_at,
      expiresAt: apiKeys.expires_at,
      lastUsedAt: apiKeys.last_used_at,
      revokedAt: apiKeys.revoked_at,
    })
    .from(apiKeys)
    .leftJoin(profiles, eq(profiles.id, apiKeys.created_by))
    .where(eq(apiKeys.workspace_id, workspaceId))
    .orderBy(desc(apiKeys.created_at), desc(apiKeys.id));
}

/** What an API key may be given, with what each scope allows. */
export async function readScopes(tx: Tx): Promise<{ name: Scope; description: string }[]> {
  const rows = await tx
    .select({ name: permissions.name, description: permissions.description })
    .from(permissions)
    .where(inArray(permissions.name, [...SCOPES]));
  return SCOPES.map((name) => ({
    name,
    description: rows.find((row) => row.name === name)?.description ?? name,
  }));
}

/** Creates a key. Resolves with the key itself, which is stored nowhere. Throws invalid_input, forbidden. */
export async function createApiKey(
  tx: Tx,
  workspaceId: string,
  input: { name: string; scopes: readonly Scope[]; expiresAt: Date | null },
): Promise<string> {
  const { key, prefix, hash } = drawKey();
  const expiresAt = input.expiresAt?.toISOString() ?? null;
  await tx.execute(sql`select app.create_api_key(${workspaceId}::uuid, ${input.name}, ${prefix}, ${hash}::bytea,
    ${sql.param(input.scopes)}::text[], ${expiresAt}::timestamptz)`);
  return key;
}

/**
 * Replaces a key by a new one of the same name, scopes and expiry; the old one works for `overlapSeconds` more. Resolves with the new key.
 * Throws not_found when the old one isn't in force, forbidden.
 */
export async function rotateApiKey(
  tx: Tx,
  workspaceId: string,
  id: string,
  overlapSeconds: number,
): Promise<string> {
  const { key, prefix, hash } = drawKey();
  await tx.execute(sql`select app.rotate_api_key(${workspaceId}::uuid, ${id}::uuid, ${prefix}, ${hash}::bytea,
    ${overlapSeconds}::int)`);
  return key;
}

/** Revokes a key: the next request with it is refused. Throws not_found, forbidden. */
export async function revokeApiKey(tx: Tx, workspaceId: string, id: string, reason: string): Promise<void> {
  await tx.execute(sql`select app.revoke_api_key(${workspaceId}::uuid, ${id}::uuid, ${reason})`);
}
