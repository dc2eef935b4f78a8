import { sql } from "drizzle-orm";
import type { Tx } from "#lib/db/service.ts";
import { type AlertRow, answered } from "./alerts.ts";
import type { AlertAnswer, AlertAssignment, AlertMute, AlertResolution } from "./schema.ts";

/** Takes an alert on. Throws illegal_transition (resolved), version_conflict, not_found, forbidden. */
export function acknowledgeAlert(tx: Tx, workspaceId: string, input: AlertAnswer): Promise<AlertRow> {
  return answered(
    tx,
    sql`select * from launch.acknowledge_alert(${workspaceId}::uuid, ${input.id}::uuid, ${input.expected_version ?? null}::int)`,
  );
}

/** Gives an alert to a member who may see it, or to nobody. Throws invalid_input, illegal_transition, version_conflict, not_found, forbidden. */
export function assignAlert(tx: Tx, workspaceId: string, input: AlertAssignment): Promise<AlertRow> {
  return answered(
    tx,
    sql`select * from launch.assign_alert(${workspaceId}::uuid, ${input.id}::uuid, ${input.user_id ?? null}::uuid, ${input.expected_version ?? null}::int)`,
  );
}

/** Ends an alert with an outcome. Throws illegal_transition, version_conflict, not_found, forbidden. */
export function resolveAlert(tx: Tx, workspaceId: string, input: AlertResolution): Promise<AlertRow> {
  return answered(
    tx,
    sql`select * from launch.resolve_alert(${workspaceId}::uuid, ${input.id}::uuid, ${input.outcome}, ${input.reason ?? null}, ${input.expected_version ?? null}::int)`,
  );
}

/** Takes a resolution back. Throws illegal_transition, duplicate (opened again since), version_conflict, not_found, forbidden. */
export function reopenAlert(tx: Tx, workspaceId: string, input: AlertAnswer): Promise<AlertRow> {
  return answered(
    tx,
    sql`select * from launch.reopen_alert(${workspaceId}::uuid, ${input.id}::uuid, ${input.expected_version ?? null}::int)`,
  );
}

/** Keeps an alert quiet until a time at most 30 days away; without one, ends that. Throws reason_required, invalid_input, illegal_transition, version_conflict, not_found, forbidden. */
export function muteAlert(tx: Tx, workspaceId: string, input: AlertMute): Promise<AlertRow> {
  return answered(
    tx,
    sql`select * from launch.mute_alert(${workspaceId}::uuid, ${input.id}::uuid, ${input.until ?? null}::timestamptz, ${input.reason ?? null}, ${input.expected_version ?? null}::int)`,
  );
}
