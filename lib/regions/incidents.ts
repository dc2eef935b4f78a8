import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { incidentNotes, incidents, type RiskFactor } from "#lib/db/regions-schema.ts";
import type { Tx } from "#lib/db/service.ts";

/** The report of an incident: the numbers that opened it, what the engine did, and what people wrote. */
export type Incident = {
  id: string;
  version: number;
  openedAt: string;
  score: number;
  tripped: boolean;
  factors: RiskFactor[];
  kpis: Record<string, unknown>;
  scorecardVersion: number;
  phase: string;
  pausedAt: string | null;
  closed: { at: string; by: string; because: string } | null;
  notes: { id: string; at: string; author: string; body: string }[];
};

const time = (value: string) => new Date(value).toISOString();

/** The newest incidents of a country with their notes, newest first. Empty for who may not read them. */
export async function readIncidents(
  tx: Tx,
  workspaceId: string,
  code: string,
  limit: number,
): Promise<Incident[]> {
  const rows = await tx
    .select()
    .from(incidents)
    .where(and(eq(incidents.workspace_id, workspaceId), eq(incidents.country, code)))
    .orderBy(desc(incidents.id))
    .limit(limit);
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const notes = await tx
    .select()
    .from(incidentNotes)
    .where(inArray(incidentNotes.incident_id, ids))
    .orderBy(incidentNotes.id);
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    openedAt: time(row.opened_at),
    score: row.score,
    tripped: row.tripped,
    factors: row.factors,
    kpis: row.kpis,
    scorecardVersion: row.scorecard_version,
    phase: row.phase,
    pausedAt: row.paused_at === null ? null : time(row.paused_at),
    closed:
      row.closed_at === null || row.closed_by === null || row.closed_because === null
        ? null
        : { at: time(row.closed_at), by: row.closed_by, because: row.closed_because },
    notes: notes
      .filter((note) => note.incident_id === row.id)
      .map(({ id, at, author, body }) => ({ id, at: time(at), author, body })),
  }));
}

/** Adds a note to an incident. Throws forbidden, not_found, invalid_input. */
export async function noteIncident(tx: Tx, workspaceId: string, id: string, body: string): Promise<void> {
  await tx.execute(sql`select launch.note_incident(${workspaceId}::uuid, ${id}::uuid, ${body})`);
}

/** Closes an incident: from then on the engine may pause the country again. Throws forbidden, not_found, reason_required, conflict. */
export async function closeIncident(
  tx: Tx,
  workspaceId: string,
  answer: { id: string; reason: string; expected_version: number },
): Promise<void> {
  await tx.execute(
    sql`select launch.close_incident(${workspaceId}::uuid, ${answer.id}::uuid, ${answer.reason}, ${answer.expected_version}::int)`,
  );
}
