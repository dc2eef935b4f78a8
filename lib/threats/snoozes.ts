import { sql } from "drizzle-orm";
import type { Tx } from "#lib/db/service.ts";
import type { SnoozeInput } from "./forms.ts";

/** An entity that a rule leaves alone for now. */
export type Snooze = { id: string; rule: string; entity: string; reason: string; until: string };

/** The snoozes in force, the next to end first. */
export async function readSnoozes(tx: Tx, workspaceId: string): Promise<Snooze[]> {
  const rows = await tx.execute<Snooze>(sql`select id, rule, entity, reason, until from launch.threat_snoozes
    where workspace_id = ${workspaceId}::uuid and ended_at is null and until > launch.now() order by until, id`);
  return rows.map(({ id, rule, entity, reason, until }) => ({
    id,
    rule,
    entity,
    reason,
    until: new Date(until).toISOString(),
  }));
}

/** Leaves an entity alone until a time at most 90 days away. Throws not_found, reason_required, invalid_input, forbidden. */
export async function snoozeThreat(tx: Tx, workspaceId: string, input: SnoozeInput): Promise<void> {
  await tx.execute(
    sql`select launch.snooze_threat(${workspaceId}::uuid, ${input.rule}, ${input.entity}, ${input.until}::timestamptz, ${input.reason})`,
  );
}

/** Ends a snooze before its end. Throws not_found, forbidden. */
export async function endSnooze(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.execute(sql`select launch.end_snooze(${workspaceId}::uuid, ${id}::uuid)`);
}
