import { desc, eq, sql } from "drizzle-orm";
import { type RiskFactor, scorecards } from "#lib/db/regions-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import { Rule, type ScorecardInput } from "./schema.ts";
import type { RiskLevel } from "./vocabulary.ts";

/** The scorecard in force, or one of its earlier versions. */
export type Scorecard = ScorecardInput & {
  version: number;
  changedBy: string;
  changedAt: string;
  reason: string | null;
};

/** What a country scores now and would score by a draft. */
export type Preview = {
  country: string;
  score: number | null;
  level: RiskLevel;
  draftScore: number | null;
  draftLevel: RiskLevel;
  draftFactors: RiskFactor[];
};

/** The newest versions of the scorecard, newest first. Empty for who may not read it. */
export async function readScorecards(tx: Tx, workspaceId: string, limit: number): Promise<Scorecard[]> {
  const rows = await tx
    .select()
    .from(scorecards)
    .where(eq(scorecards.workspace_id, workspaceId))
    .orderBy(desc(scorecards.version))
    .limit(limit);
  return rows.map((row) => ({
    version: row.version,
    rules: Rule.array().parse(row.rules),
    minimum_active_users: row.minimum_active_users,
    medium_from: row.medium_from,
    high_from: row.high_from,
    critical_from: row.critical_from,
    changedBy: row.changed_by,
    changedAt: new Date(row.changed_at).toISOString(),
    reason: row.reason,
  }));
}

const argumentsOf = (card: ScorecardInput) =>
  sql`${JSON.stringify(card.rules)}::text::jsonb, ${card.minimum_active_users}::int, ${card.medium_from}::int, ${card.high_from}::int,
    ${card.critical_from}::int`;

/** Makes the next version of the scorecard and returns its number. Throws forbidden, invalid_input, reason_required, version_conflict. */
export async function changeScorecard(
  tx: Tx,
  workspaceId: string,
  change: { card: ScorecardInput; reason: string; expected_version: number },
): Promise<number> {
  const [row] = await tx.execute<{ version: number }>(sql`
    select version from launch.change_scorecard(${workspaceId}::uuid, ${argumentsOf(change.card)}, ${change.reason}, ${change.expected_version}::int)`);
  return row?.version ?? 0;
}

/** What each country would score now by a scorecard that isn't saved. Throws forbidden, invalid_input. */
export async function previewScorecard(
  tx: Tx,
  workspaceId: string,
  card: ScorecardInput,
): Promise<Preview[]> {
  const rows = await tx.execute<{
    country: string;
    score: number | null;
    level: RiskLevel;
    draft_score: number | null;
    draft_level: RiskLevel;
    draft_factors: RiskFactor[];
  }>(sql`select * from launch.preview_scorecard(${workspaceId}::uuid, ${argumentsOf(card)})`);
  return rows.map((row) => ({
    country: row.country,
    score: row.score,
    level: row.level,
    draftScore: row.draft_score,
    draftLevel: row.draft_level,
    draftFactors: row.draft_factors,
  }));
}
