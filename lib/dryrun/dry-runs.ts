import { and, desc, eq, sql } from "drizzle-orm";
import { dryRuns } from "#lib/db/dry-runs-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import { AppError } from "#lib/errors.ts";
import type { Operation } from "#lib/launch/vocabulary.ts";
import { type DryRunInput, Proposal } from "./schema.ts";
import type { DryRunStatus } from "./vocabulary.ts";

/** A country, operation and local day as it was and as it would have been. Numbers are units; hours count from the day's start. */
export type DryRunDay = {
  country: string;
  operation: Operation;
  day: string;
  starts_at: string;
  checks: number;
  differences: number;
  adjusted: number;
  gained: number;
  lost: number;
  /** Units of gained that waited for a ticket and were let in later: taken out again here. */
  sooner: number;
  was_reached_at: string | null;
  would_reach_at: string | null;
  /** When the amount cap was, and would have been, reached. */
  was_spent_at: string | null;
  would_spend_at: string | null;
  /** Alerts for capacity. */
  was_alerts: number;
  would_alerts: number;
  was: number[];
  would: number[];
};

/** What a proposal would have changed besides admissions; absent where it proposes nothing of the kind. */
export type DryRunFacts = {
  /** Minutes at each level from 1, and how often each tried limit raised an alert. */
  load?: {
    minutes: number;
    was: number[];
    would: number[];
    alerts: { name: string; was: number; would: number }[];
  };
  risk?: {
    was_alerts: number;
    would_alerts: number;
    pauses: { country: string; at: string; score: number }[];
    was_paused: { country: string; at: string }[];
    levels: { country: string; level: string; was: number; would: number }[];
  };
  threats?: { rule: string; was: number; was_entities: number; would: number; would_entities: number }[];
};

/** A dry run without what it found. Times are RFC 3339. */
export type DryRunHead = {
  id: string;
  proposal: Proposal;
  countries: string[];
  days: number;
  status: DryRunStatus;
  place: number;
  places: number;
  by: string;
  created_at: string;
  problem: string | null;
};

export type DryRun = DryRunHead & { results: DryRunDay[]; facts: DryRunFacts };

const HEAD = {
  id: dryRuns.id,
  proposal: dryRuns.proposal,
  countries: dryRuns.countries,
  days: dryRuns.days,
  status: dryRuns.status,
  place: dryRuns.place,
  places: dryRuns.places,
  by: dryRuns.created_by_label,
  created_at: dryRuns.created_at,
  problem: dryRuns.problem,
};

type HeadRow = Omit<DryRunHead, "proposal" | "status"> & { proposal: unknown; status: string };

const headOf = (row: HeadRow): DryRunHead => ({
  ...row,
  proposal: row.proposal as Proposal,
  status: row.status as DryRunStatus,
  created_at: new Date(row.created_at).toISOString(),
});

/** The workspace's dry runs, the newest first, at most 50. */
export async function readDryRuns(tx: Tx, workspaceId: string): Promise<DryRunHead[]> {
  const rows = await tx
    .select(HEAD)
    .from(dryRuns)
    .where(eq(dryRuns.workspace_id, workspaceId))
    .orderBy(desc(dryRuns.id))
    .limit(50);
  return rows.map(headOf);
}

/** One dry run with what it has found so far. Throws not_found. */
export async function readDryRun(tx: Tx, workspaceId: string, id: string): Promise<DryRun> {
  const [row] = await tx
    .select({ ...HEAD, facts: dryRuns.facts, results: dryRuns.results })
    .from(dryRuns)
    .where(and(eq(dryRuns.workspace_id, workspaceId), eq(dryRuns.id, id)));
  if (row === undefined) throw new AppError("not_found", "There is no such dry run.", { details: { id } });
  const { facts, results, ...head } = row;
  return { ...headOf(head), facts: facts as DryRunFacts, results: results as DryRunDay[] };
}

/** How far a dry run got, without what it found. Throws not_found. */
export async function readDryRunHead(tx: Tx, workspaceId: string, id: string): Promise<DryRunHead> {
  const [row] = await tx
    .select(HEAD)
    .from(dryRuns)
    .where(and(eq(dryRuns.workspace_id, workspaceId), eq(dryRuns.id, id)));
  if (row === undefined) throw new AppError("not_found", "There is no such dry run.", { details: { id } });
  return headOf(row);
}

/** What a dry run tried; null where the reader may see no such run. */
export async function readProposal(tx: Tx, workspaceId: string, id: string): Promise<Proposal | null> {
  const [row] = await tx
    .select({ proposal: dryRuns.proposal })
    .from(dryRuns)
    .where(and(eq(dryRuns.workspace_id, workspaceId), eq(dryRuns.id, id)));
  return row === undefined ? null : Proposal.parse(row.proposal);
}

/** Asks for a dry run and returns its id; nothing is replayed yet. Throws invalid_input, duplicate, forbidden. */
export async function createDryRun(
  tx: Tx,
  workspaceId: string,
  { proposal, days }: DryRunInput,
): Promise<string> {
  const [row] = await tx.execute<{ id: string }>(
    sql`select launch.create_dry_run(${workspaceId}::uuid, ${JSON.stringify(proposal)}::text::jsonb, ${days}::int) as id`,
  );
  if (row === undefined) throw new Error("create_dry_run returned no row");
  return row.id;
}

/**
 * Replays for about two seconds; ask again until it has ended. One local day is replayed whole, so a very busy one takes longer, up to a minute: set for
 * this transaction alone. Throws not_found, forbidden.
 */
export async function stepDryRun(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.execute(sql`select set_config('statement_timeout', '60s', true)`);
  await tx.execute(sql`select launch.step_dry_run(${workspaceId}::uuid, ${id}::uuid)`);
}

/** Ends a run that has not ended; what it found is kept. Throws not_found, forbidden. */
export async function cancelDryRun(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.execute(sql`select launch.cancel_dry_run(${workspaceId}::uuid, ${id}::uuid)`);
}
