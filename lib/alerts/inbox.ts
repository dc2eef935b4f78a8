import { and, count, desc, eq, ne, sql } from "drizzle-orm";
import { alertChanges, alerts } from "#lib/db/alerts-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import type { AlertChange } from "./schema.ts";

/** Somebody an alert can be given to. */
export type Assignee = { user_id: string; label: string };

/** What happened to an alert, newest first. */
export async function readAlertChanges(tx: Tx, alertId: string): Promise<AlertChange[]> {
  const rows = await tx
    .select()
    .from(alertChanges)
    .where(eq(alertChanges.alert_id, alertId))
    .orderBy(desc(alertChanges.id));
  return rows.map(({ id, change, at, actor, note }) => ({
    id,
    change,
    at: new Date(at).toISOString(),
    actor,
    note,
  }));
}

/** How many alerts that the reader may see are not resolved, by severity. */
export async function countUnresolved(
  tx: Tx,
  workspaceId: string,
): Promise<{ warning: number; critical: number }> {
  const rows = await tx
    .select({ severity: alerts.severity, n: count() })
    .from(alerts)
    .where(and(eq(alerts.workspace_id, workspaceId), ne(alerts.status, "resolved")))
    .groupBy(alerts.severity);
  const of = (severity: string) => rows.find((row) => row.severity === severity)?.n ?? 0;
  return { warning: of("warning"), critical: of("critical") };
}

/** The members an alert of any kind may be given to, by name. Throws forbidden, not_found. */
export async function readAssignees(tx: Tx, workspaceId: string): Promise<Assignee[]> {
  return [
    ...(await tx.execute<Assignee>(
      sql`select user_id, label from launch.list_alert_assignees(${workspaceId}::uuid)`,
    )),
  ];
}
