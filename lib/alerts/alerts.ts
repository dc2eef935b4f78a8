import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#lib/db/service.ts";
import { AppError } from "#lib/errors.ts";
import { pageOf } from "#lib/page.ts";
import type { Alert, AlertQuery } from "./schema.ts";

type Row = Alert & Record<string, unknown>;

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
