import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#lib/db/service.ts";
import { AppError } from "#lib/errors.ts";
import { pageOf } from "#lib/page.ts";
import type { Alert, AlertQuery } from "./schema.ts";

type Row = AlertRow & Record<string, unknown>;

/** An alert as the console shows it: with who has it and why it is quiet. */
export type AlertRow = Alert & { assigned_to: string | null; muted_reason: string | null };

const time = (value: string): string => new Date(value).toISOString();
const orNull = (value: string | null): string | null => (value === null ? null : time(value));

function publicPart(row: Row): Alert {
  return {
    id: row.id,
    kind: row.kind,
    fingerprint: row.fingerprint,
    severity: row.severity,
    title: row.title,
    country: row.country,
    subject_id: row.subject_id,
    evidence: row.evidence,
    status: row.status,
    occurrences: row.occurrences,
    opened_at: time(row.opened_at),
    last_at: time(row.last_at),
    acknowledged_at: orNull(row.acknowledged_at),
    resolved_at: orNull(row.resolved_at),
    outcome: row.outcome,
    note: row.note,
    muted_until: orNull(row.muted_until),
    version: row.version,
  };
}

function whole(row: Row): AlertRow {
  return { ...publicPart(row), assigned_to: row.assigned_to, muted_reason: row.muted_reason };
}

function pageQuery(workspaceId: string, query: AlertQuery): SQL {
  const { status = null, kind = null, severity = null, country = null, cursor = null, limit } = query;
  return sql`select * from launch.read_alerts(${workspaceId}::uuid, ${status}, ${kind}, ${severity}, ${country}, ${cursor}::uuid, ${limit}::int)`;
}

/** A page of alerts as the API answers it, newest first, without persons. Throws forbidden, not_found. */
export async function readPublicAlerts(tx: Tx, workspaceId: string, query: AlertQuery) {
  const { data, next_cursor } = pageOf(await tx.execute<Row>(pageQuery(workspaceId, query)), query.limit);
  return { data: data.map(publicPart), next_cursor };
}

async function readRow(tx: Tx, workspaceId: string, id: string): Promise<Row | undefined> {
  const [row] = await tx.execute<Row>(
    sql`select * from launch.read_alert(${workspaceId}::uuid, ${id}::uuid)`,
  );
  return row;
}

/** One alert as the API answers it. Throws not_found, forbidden. */
export async function readPublicAlert(tx: Tx, workspaceId: string, id: string): Promise<Alert> {
  const row = await readRow(tx, workspaceId, id);
  if (row === undefined) throw new AppError("not_found", "There is no such alert.");
  return publicPart(row);
}

/** A page of the alerts the reader may see, newest first, for the console. Throws forbidden, not_found. */
export async function readAlerts(tx: Tx, workspaceId: string, query: AlertQuery) {
  const { data, next_cursor } = pageOf(await tx.execute<Row>(pageQuery(workspaceId, query)), query.limit);
  return { data: data.map(whole), next_cursor };
}

/** One alert for the console; null when there is none that the reader may see. */
export async function readAlert(tx: Tx, workspaceId: string, id: string): Promise<AlertRow | null> {
  const row = await readRow(tx, workspaceId, id);
  return row === undefined ? null : whole(row);
}

/** Runs a statement that answers an alert and gives it back. */
export async function answered(tx: Tx, statement: SQL): Promise<AlertRow> {
  const [row] = await tx.execute<Row>(statement);
  if (row === undefined) throw new Error("the answer returned no alert");
  return whole(row);
}
