import { sql } from "drizzle-orm";
import type { Tx } from "#lib/db/service.ts";
import type { RuleDraft, RuleInput } from "./forms.ts";

/** Changes a rule as a whole. Throws not_found, version_conflict, invalid_input, forbidden. */
export async function changeThreatRule(tx: Tx, workspaceId: string, input: RuleInput): Promise<void> {
  await tx.execute(sql`select launch.change_threat_rule(${workspaceId}::uuid, ${input.rule}, ${input.mode}, ${input.threshold}::int,
    ${input.window_minutes}::int, ${input.share ?? null}::float8, ${input.counts_per}, ${input.answer}, ${sql.param(input.blocks)}::text[],
    ${input.answer_minutes}::int, ${input.expected_version}::int, ${input.reason ?? null})`);
}

/** One entity that a draft of a rule would have found. */
export type BacktestFind = { entity: string; peak: number; peak_at: string; slots: number; known: boolean };
export type Backtest = { entities: number; findings: number; finds: BacktestFind[] };

/** What a rule with these numbers would have found over the last 7 days: the 20 largest of all. Changes nothing. Throws invalid_input, not_found, forbidden. */
export async function backtestRule(tx: Tx, workspaceId: string, draft: RuleDraft): Promise<Backtest> {
  const rows = await tx.execute<{
    entity: string;
    peak: number;
    peak_at: string;
    slots: number;
    known: boolean;
    entities: string;
    findings: string;
  }>(sql`select entity, peak, peak_at, cardinality(slots) as slots, known, entities, findings from launch.backtest_rule(${workspaceId}::uuid,
    ${draft.rule}, ${draft.threshold}::int, ${draft.window_minutes}::int, ${draft.share ?? null}::float8, ${draft.counts_per},
    launch.now() - interval '7 days', launch.now()) limit 20`);
  const [first] = rows;
  return {
    entities: Number(first?.entities ?? 0),
    findings: Number(first?.findings ?? 0),
    finds: rows.map(({ entity, peak, peak_at, slots, known }) => ({
      entity,
      peak,
      peak_at: new Date(peak_at).toISOString(),
      slots,
      known,
    })),
  };
}
