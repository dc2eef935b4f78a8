import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "#lib/db/service.ts";
import type { ChecklistForm, DependencyForm, ExtendForm, FreezeForm, StepForm, TickForm } from "./schema.ts";

/** Puts a template's countries, or those named, at the end. Throws version_conflict, invalid_input, forbidden. */
export async function extendSequence(
  tx: Tx,
  workspaceId: string,
  { template, countries, version }: z.infer<typeof ExtendForm>,
): Promise<void> {
  await tx.execute(sql`select launch.add_sequence_countries(${workspaceId}::uuid, ${sql.param(countries ?? null)}::text[],
    ${template ?? null}::text, ${version ?? null}::int)`);
}

/** Takes a country out of the sequence; it stays listed. Throws version_conflict, not_found, forbidden. */
export async function removeFromSequence(
  tx: Tx,
  workspaceId: string,
  country: string,
  version?: number,
): Promise<void> {
  await tx.execute(
    sql`select launch.remove_sequence_country(${workspaceId}::uuid, ${country}, ${version ?? null}::int)`,
  );
}

/** Gives the sequence a new order of exactly its countries, and returns its new version. Throws version_conflict, invalid_input, forbidden. */
export async function reorderSequence(
  tx: Tx,
  workspaceId: string,
  countries: string[],
  version?: number,
): Promise<number> {
  const [row] = await tx.execute<{ version: number }>(
    sql`select launch.reorder_sequence(${workspaceId}::uuid, ${sql.param(countries)}::text[], ${version ?? null}::int) as version`,
  );
  if (row === undefined) throw new Error("reorder_sequence returned no row");
  return row.version;
}

/** Says how a country moves, and when. Throws version_conflict, not_found, invalid_input, forbidden. */
export async function setStep(tx: Tx, workspaceId: string, step: z.infer<typeof StepForm>): Promise<void> {
  const days = (step.window_days ?? []).length > 0 ? step.window_days : null;
  await tx.execute(sql`select launch.set_sequence_step(${workspaceId}::uuid, ${step.country}, ${step.mode}, ${step.opens_as},
    ${step.needs_checklist}, ${sql.param(days)}::int[], ${step.window_from ?? null}::text, ${step.window_to ?? null}::text,
    ${step.version ?? null}::int)`);
}

/** Makes a country wait for another, or without a phase no longer. Throws illegal_transition for a circle, version_conflict, not_found, forbidden. */
export async function setDependency(
  tx: Tx,
  workspaceId: string,
  { country, needs_country, phase, days, below_level, version }: z.infer<typeof DependencyForm>,
): Promise<void> {
  await tx.execute(sql`select launch.set_sequence_dependency(${workspaceId}::uuid, ${country}, ${needs_country}, ${phase ?? null}::text,
    ${days}::int, ${below_level ?? null}::text, ${version ?? null}::int)`);
}

/** Freezes a country, or all, from now on. Throws invalid_input, not_found, forbidden. */
export async function freeze(
  tx: Tx,
  workspaceId: string,
  { country, until, reason }: z.infer<typeof FreezeForm>,
): Promise<void> {
  await tx.execute(
    sql`select launch.freeze_sequence(${workspaceId}::uuid, ${country ?? null}::text, launch.now(), ${until}::timestamptz, ${reason})`,
  );
}

/** Ends a freeze before its end. Throws illegal_transition, forbidden. */
export async function endFreeze(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.execute(sql`select launch.end_freeze(${workspaceId}::uuid, ${id}::uuid)`);
}

/** Ticks an item of a country's checklist, or takes the tick back. Throws not_found, forbidden. */
export async function tickItem(
  tx: Tx,
  workspaceId: string,
  { country, item, done }: z.infer<typeof TickForm>,
): Promise<void> {
  await tx.execute(
    sql`select launch.tick_checklist(${workspaceId}::uuid, ${country}, ${item}::uuid, ${done}::boolean)`,
  );
}

/** Replaces the checklist of every country; items that stay keep their ticks. Throws forbidden. */
export async function setChecklist(
  tx: Tx,
  workspaceId: string,
  { items }: z.infer<typeof ChecklistForm>,
): Promise<void> {
  await tx.execute(sql`select launch.set_checklist(${workspaceId}::uuid, ${sql.param(items)}::text[])`);
}

/** Proposes a country's next move. Throws illegal_transition with what it waits for, not_found, forbidden. */
export async function proposeMove(
  tx: Tx,
  workspaceId: string,
  { country, reason }: { country: string; reason: string },
): Promise<void> {
  await tx.execute(sql`select launch.propose_move(${workspaceId}::uuid, ${country}, ${reason})`);
}

/** Approves or refuses a proposal. Throws illegal_transition when it is one's own, over, or the country waits again; reason_required; forbidden. */
export async function answerProposal(
  tx: Tx,
  workspaceId: string,
  { id, approve, reason }: { id: string; approve: boolean; reason?: string | undefined },
): Promise<void> {
  await tx.execute(
    sql`select launch.answer_proposal(${workspaceId}::uuid, ${id}::uuid, ${approve}::boolean, ${reason ?? null}::text)`,
  );
}
