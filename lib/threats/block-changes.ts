import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#lib/db/service.ts";
import type { BlockInput } from "./forms.ts";

async function idOf(tx: Tx, statement: SQL): Promise<{ id: string }> {
  const [row] = await tx.execute<{ id: string }>(statement);
  if (row === undefined) throw new Error("the change returned no block");
  return { id: row.id };
}

/** Blocks a value until a time at most a year away. Throws reason_required, invalid_input, forbidden. */
export function block(tx: Tx, workspaceId: string, input: BlockInput): Promise<{ id: string }> {
  return idOf(
    tx,
    sql`select id from launch.block(${workspaceId}::uuid, ${input.kind}, ${input.value}, ${input.until}::timestamptz, ${input.reason})`,
  );
}

/** Lifts a block before its end. Throws not_found, illegal_transition, forbidden. */
export function liftBlock(tx: Tx, workspaceId: string, id: string): Promise<{ id: string }> {
  return idOf(tx, sql`select id from launch.lift_block(${workspaceId}::uuid, ${id}::uuid)`);
}

/** Takes a lift back. Throws not_found, illegal_transition, duplicate, forbidden. */
export function restoreBlock(tx: Tx, workspaceId: string, id: string): Promise<{ id: string }> {
  return idOf(tx, sql`select id from launch.restore_block(${workspaceId}::uuid, ${id}::uuid)`);
}
