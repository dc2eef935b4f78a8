import { sql } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import { dataEnv } from "#lib/env.ts";
import { connect } from "./connect.ts";

export type Db = PostgresJsDatabase;
/** One transaction, as the service, as a key, or as the signed-in person. */
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

const shared: { gantryDb?: Db } = globalThis as { gantryDb?: Db };

/** The service's pool (role gantry_service). It may execute named functions and reads no tables. */
export function service(): Db {
  shared.gantryDb ??= drizzle(connect("web", dataEnv().DATABASE_POOL));
  return shared.gantryDb;
}

/**
 * Runs `work` in one transaction that acts as the API key with this hash.
 * Throws unauthenticated when there is no such key in force, forbidden when it lacks `scope`.
 */
export async function asKey<T>(
  keyHash: Uint8Array,
  scope: string,
  work: (tx: Tx, workspaceId: string) => Promise<T>,
): Promise<T> {
  return service().transaction(async (tx) => {
    const [key] = await tx.execute<{ workspace_id: string }>(
      sql`select workspace_id from app.act_as_key(${Buffer.from(keyHash)}::bytea, ${scope})`,
    );
    if (key === undefined) throw new Error("act_as_key returned no row");
    return work(tx, key.workspace_id);
  });
}
