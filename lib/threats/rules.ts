import { sql } from "drizzle-orm";
import type { Tx } from "#lib/db/service.ts";
import type { ThreatRule } from "./schema.ts";

type Row = Omit<ThreatRule, "precision" | "true_positives" | "false_positives"> & {
  true_positives: string;
  false_positives: string;
};

function ruleOf(row: Row): ThreatRule {
  const right = Number(row.true_positives);
  const wrong = Number(row.false_positives);
  return {
    rule: row.rule,
    mode: row.mode,
    threshold: row.threshold,
    window_minutes: row.window_minutes,
    share: row.share,
    counts_per: row.counts_per,
    answer: row.answer,
    blocks: row.blocks,
    answer_minutes: row.answer_minutes,
    version: row.version,
    updated_at: new Date(row.updated_at).toISOString(),
    true_positives: right,
    false_positives: wrong,
    precision: right + wrong === 0 ? null : right / (right + wrong),
  };
}

/** The rules of a workspace with their precision. Throws forbidden, not_found. */
export async function readThreatRules(tx: Tx, workspaceId: string): Promise<ThreatRule[]> {
  const rows = await tx.execute<Row>(sql`select * from launch.list_threat_rules(${workspaceId}::uuid)`);
  return rows.map(ruleOf);
}
