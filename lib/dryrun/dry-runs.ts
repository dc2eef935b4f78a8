import { and, eq, sql } from "drizzle-orm";
import { dryRuns } from "#lib/db/dry-runs-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import { AppError } from "#lib/errors.ts";
import { type PageQuery, pageOf } from "#lib/page.ts";
import type { DryRun, DryRunHead } from "./answers.ts";
import { type DryRunInput, Proposal } from "./schema.ts";
import type { DryRunStatus } from "./vocabulary.ts";

type HeadRow = Omit<DryRunHead, "by"> & { asked_by: string } & Record<string, unknown>;
type Row = HeadRow & Pick<DryRun, "facts" | "results">;

const headOf = ({ id, proposal, countries, days, status, place, places, ...row }: HeadRow): DryRunHead => ({
  id,
  proposal,
  countries,
  days,
  status,
  place,
  places,
  by: row.asked_by,
  created_at: new Date(row.created_at).toISOString(),
  problem: row.problem,
});

/** A page of the workspace's dry runs without what they found, the newest first. Throws forbidden. */
export async function readDryRuns(tx: Tx, workspaceId: string, { cursor, limit }: PageQuery) {
  const rows = await tx.execute<HeadRow>(
    sql`select * from launch.read_dry_runs(${workspaceId}::uuid, ${cursor ?? null}::uuid, ${limit}::int)`,
  );
  return pageOf(rows.map(headOf), limit);
}

/** One dry run with what it has found so far. Throws not_found, forbidden. */
export async function readDryRun(tx: Tx, workspaceId: string, id: string): Promise<DryRun> {
  const [row] = await tx.execute<Row>(
    sql`select * from launch.read_dry_run(${workspaceId}::uuid, ${id}::uuid)`,
  );
  if (row === undefined) throw new Error("read_dry_run returned no row");
  return { ...headOf(row), facts: row.facts, results: row.results };
}

/** A dry run as it stands, without what it found: what a long one's watcher reads again and again. Throws not_found. */
export async function readDryRunHead(tx: Tx, workspaceId: string, id: string) {
  const [row] = await tx
    .select({
      status: dryRuns.status,
      place: dryRuns.place,
      places: dryRuns.places,
      problem: dryRuns.problem,
    })
    .from(dryRuns)
    .where(and(eq(dryRuns.workspace_id, workspaceId), eq(dryRuns.id, id)));
  if (row === undefined) throw new AppError("not_found", "There is no such dry run.", { details: { id } });
  return { ...row, status: row.status as DryRunStatus };
}

/** What a dry run tried; null where the reader may see no such run. */
export async function readProposal(tx: Tx, workspaceId: string, id: string): Promise<Proposal | null> {
  const [row] = await tx
    .select({ proposal: dryRuns.proposal })
    .from(dryRuns)
    .where(and(eq(dryRuns.workspace_id, workspaceId), eq(dryRuns.id, id)));
  return row === undefined ? null : Proposal.parse(row.proposal);
}

/**
 * Asks for a dry run and returns its id; nothing is replayed yet. Asked again while that run is under way, it is the same one.
 * Throws invalid_input, duplicate, forbidden.
 */
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
