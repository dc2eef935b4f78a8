import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import { checklistItems, freezes, sequences, sequenceTemplates } from "#lib/db/sequence-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import { countryName } from "#lib/launch/country-name.ts";
import type { OpenPhase, Phase } from "#lib/launch/vocabulary.ts";
import type { GateOutcome } from "#lib/regions/vocabulary.ts";
import type { Sequence, SequenceEntry, Wait } from "./schema.ts";
import type { ProposalState, SequenceTemplate, StepMode } from "./vocabulary.ts";

export type Criterion = {
  criterion: string;
  worst: number | null;
  threshold: number;
  outcome: GateOutcome;
};

export type Dependency = {
  needs_country: string;
  needs_phase: OpenPhase;
  needs_days: number;
  below_level: string | null;
};

export type Proposal = {
  id: string;
  to_phase: Phase;
  state: Extract<ProposalState, "open" | "approved">;
  reason: string | null;
  proposed_at: string;
  expires_at: string;
  /** Null: the engine. */
  proposed_by: string | null;
  mine: boolean;
};

type Row = {
  country: string;
  position: number;
  mode: StepMode;
  opens_as: OpenPhase;
  needs_checklist: boolean;
  window_days: number[] | null;
  window_from: string | null;
  window_to: string | null;
  phase: Phase;
  phase_since: string;
  time_zone: string;
  population_millions: number | null;
  move: {
    to_phase: Phase | null;
    waits: Wait[];
    waits_window: boolean;
    gate: { at: string; outcome: GateOutcome; criteria: Criterion[] } | null;
  };
  dependencies: Dependency[];
  proposal: Proposal | null;
  ticked: string[];
};

/** A country's place in the sequence as the page shows it. */
export type Step = Row & { name: string };

async function readSteps(tx: Tx, workspaceId: string): Promise<Row[]> {
  return tx.execute<Row>(sql`select * from launch.read_sequence(${workspaceId}::uuid)`);
}

/** The sequence in its order, for the key's workspace. Throws forbidden. */
export async function readSequence(tx: Tx, workspaceId: string): Promise<z.infer<typeof Sequence>> {
  const data = (await readSteps(tx, workspaceId)).map(
    (row): SequenceEntry => ({
      country: row.country as SequenceEntry["country"],
      position: row.position,
      mode: row.mode,
      phase: row.phase,
      phase_since: new Date(row.phase_since).toISOString(),
      next_phase: row.move.to_phase,
      waits: row.move.waits,
      waits_for_window: row.move.waits_window,
      proposed: row.proposal !== null,
    }),
  );
  return { data };
}

export type Freeze = { id: string; country: string | null; until: string; reason: string };
export type Template = { template: SequenceTemplate; countries: { name: string; millions: number }[] };
export type SequencePage = {
  version: number | null;
  steps: Step[];
  items: { id: string; title: string }[];
  freezes: Freeze[];
  templates: Template[];
};

/** All that the page of the sequence shows. Throws not_found, forbidden. */
export async function readSequencePage(tx: Tx, workspaceId: string): Promise<SequencePage> {
  const rows = await readSteps(tx, workspaceId);
  const [sequence] = await tx.select().from(sequences).where(eq(sequences.workspace_id, workspaceId));
  const items = await tx
    .select({ id: checklistItems.id, title: checklistItems.title })
    .from(checklistItems)
    .where(eq(checklistItems.workspace_id, workspaceId))
    .orderBy(asc(checklistItems.position));
  const inForce = await tx
    .select({ id: freezes.id, country: freezes.country, until: freezes.until, reason: freezes.reason })
    .from(freezes)
    .where(
      and(
        eq(freezes.workspace_id, workspaceId),
        isNull(freezes.ended_at),
        gt(freezes.until, sql`launch.now()`),
      ),
    )
    .orderBy(asc(freezes.until));
  const countries = await tx.select().from(sequenceTemplates).orderBy(asc(sequenceTemplates.position));
  const templates = Map.groupBy(countries, ({ template }) => template as SequenceTemplate);
  return {
    version: sequence?.version ?? null,
    steps: rows.map((row) => ({ ...row, name: countryName(row.country) })),
    items,
    freezes: inForce,
    templates: [...templates].map(([template, list]) => ({
      template,
      countries: list.map((row) => ({ name: countryName(row.country), millions: row.population_millions })),
    })),
  };
}
