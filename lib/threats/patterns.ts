import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { alerts } from "#lib/db/alerts-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import { threatFindings, threatPatterns } from "#lib/db/threats-schema.ts";
import type { PatternBlock } from "./forms.ts";

type Stored = typeof threatPatterns.$inferSelect;

/** A pattern as a list shows it. */
export type PatternRow = Pick<
  Stored,
  "id" | "rule" | "entity" | "country" | "state" | "mode" | "occurrences" | "peak" | "alert_id"
> & { last_at: string; accounts: number; devices: number };

/** A pattern in full, with when it was found, newest first. */
export type Pattern = Omit<PatternRow, "accounts" | "devices"> & {
  first_at: string;
  accounts: string[];
  devices: string[];
  ips: string[];
  evidence: Record<string, unknown>;
  findings: { slot_at: string; peak_at: string; found: number; out_of: number | null; mode: string }[];
};

/** A threat's alert that is not resolved. */
export type OpenThreat = { id: string; title: string; severity: "warning" | "critical"; opened_at: string };

const time = (value: string): string => new Date(value).toISOString();

/** The patterns last found, newest first, 200 at most. */
export async function readPatterns(tx: Tx, workspaceId: string): Promise<PatternRow[]> {
  const rows = await tx
    .select()
    .from(threatPatterns)
    .where(eq(threatPatterns.workspace_id, workspaceId))
    .orderBy(desc(threatPatterns.last_slot_at), threatPatterns.id)
    .limit(200);
  return rows.map(({ id, rule, entity, country, state, mode, occurrences, peak, alert_id, ...row }) => ({
    ...{ id, rule, entity, country, state, mode, occurrences, peak, alert_id },
    last_at: time(row.last_at),
    accounts: row.accounts.length,
    devices: row.devices.length,
  }));
}

/** One pattern; null when there is none that the reader may see. */
export async function readPattern(tx: Tx, workspaceId: string, id: string): Promise<Pattern | null> {
  const [row] = await tx
    .select()
    .from(threatPatterns)
    .where(and(eq(threatPatterns.workspace_id, workspaceId), eq(threatPatterns.id, id)));
  if (row === undefined) return null;
  const findings = await tx
    .select()
    .from(threatFindings)
    .where(
      and(
        eq(threatFindings.workspace_id, workspaceId),
        eq(threatFindings.rule, row.rule),
        eq(threatFindings.entity, row.entity),
      ),
    )
    .orderBy(desc(threatFindings.slot_at))
    .limit(50);
  return {
    id: row.id,
    rule: row.rule,
    entity: row.entity,
    country: row.country,
    state: row.state,
    mode: row.mode,
    occurrences: row.occurrences,
    peak: row.peak,
    alert_id: row.alert_id,
    first_at: time(row.first_at),
    last_at: time(row.last_at),
    accounts: row.accounts,
    devices: row.devices,
    ips: row.ips,
    evidence: row.evidence,
    findings: findings.map(({ slot_at, peak_at, found, out_of, mode }) => ({
      slot_at: time(slot_at),
      peak_at: time(peak_at),
      found,
      out_of,
      mode,
    })),
  };
}

/** The alerts of threats that are not resolved and that the reader may see, the worst first. */
export async function readOpenThreats(tx: Tx, workspaceId: string): Promise<OpenThreat[]> {
  const rows = await tx
    .select()
    .from(alerts)
    .where(
      and(
        eq(alerts.workspace_id, workspaceId),
        eq(alerts.kind, "threat"),
        inArray(alerts.status, ["open", "acknowledged"]),
      ),
    )
    .orderBy(sql`${alerts.severity} = 'critical' desc`, desc(alerts.id))
    .limit(20);
  return rows.map(({ id, title, severity, opened_at }) => ({
    id,
    title,
    severity: severity === "critical" ? "critical" : "warning",
    opened_at: time(opened_at),
  }));
}

/** Blocks all that a pattern names. Returns how many values. Throws not_found, reason_required, invalid_input, forbidden. */
export async function blockPattern(tx: Tx, workspaceId: string, input: PatternBlock) {
  const [row] = await tx.execute<{
    blocked: number;
  }>(sql`select launch.block_pattern(${workspaceId}::uuid, ${input.id}::uuid,
    ${input.until}::timestamptz, ${input.reason}, ${input.with_ips === "on"}) as blocked`);
  return { blocked: row?.blocked ?? 0 };
}
