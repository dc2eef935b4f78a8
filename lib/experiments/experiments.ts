import { desc, eq, sql } from "drizzle-orm";
import { experiments } from "#lib/db/experiments-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import type { Operation } from "#lib/launch/vocabulary.ts";
import { wholeUnits } from "#lib/regions/kpis.ts";
import type { DayResult } from "./analysis.ts";
import type { ExperimentInput } from "./schema.ts";
import type { Arm, ExperimentMetric, ExperimentOutcome, ExperimentStatus, LeftOut } from "./vocabulary.ts";

/** A switchback test of two caps. `starts_on` is a local day; times are RFC 3339. */
export type Experiment = {
  id: string;
  country: string;
  operation: Operation;
  cap_a: number;
  cap_b: number;
  starts_on: string;
  days: number;
  seed: string;
  metric: ExperimentMetric;
  status: ExperimentStatus;
  outcome: ExperimentOutcome | null;
  reason: string | null;
  created_at: string;
  ended_at: string | null;
};

/** A local day of an experiment. `result` is null until the day is over. */
export type ExperimentDay = {
  day: string;
  pair: number;
  arm: Arm;
  left_out: LeftOut | null;
  result: DayResult | null;
};

type DayRow = {
  day_on: string;
  pair: number;
  arm: Arm;
  left_out: LeftOut | null;
  finished: boolean;
  granted: number | null;
  refused: string | null;
  installs: number | null;
  verified: number | null;
  revenue_minor: string | null;
  currency: string | null;
  safety_incidents: number | null;
  active_users: number | null;
};

const time = (value: string) => new Date(value).toISOString();

/** The workspace's experiments, the newest first, at most 100. */
export async function readExperiments(tx: Tx, workspaceId: string): Promise<Experiment[]> {
  const rows = await tx
    .select()
    .from(experiments)
    .where(eq(experiments.workspace_id, workspaceId))
    .orderBy(desc(experiments.id))
    .limit(100);
  return rows.map((row) => ({
    id: row.id,
    country: row.country,
    operation: row.operation as Operation,
    cap_a: row.cap_a,
    cap_b: row.cap_b,
    starts_on: row.starts_on,
    days: row.days,
    seed: row.seed,
    metric: row.metric as ExperimentMetric,
    status: row.status as ExperimentStatus,
    outcome: row.outcome as ExperimentOutcome | null,
    reason: row.reason,
    created_at: time(row.created_at),
    ended_at: row.ended_at === null ? null : time(row.ended_at),
  }));
}

function resultOf(row: DayRow): DayResult | null {
  if (!row.finished) return null;
  return {
    pair: row.pair,
    arm: row.arm,
    granted: row.granted ?? 0,
    refused: Number(row.refused ?? 0),
    installs: row.installs ?? 0,
    verified: row.verified ?? 0,
    revenue: wholeUnits(Number(row.revenue_minor ?? 0), row.currency ?? "USD"),
    incidents: row.safety_incidents ?? 0,
    active: row.active_users ?? 0,
  };
}

/** The days of an experiment with what they came to, and the currency of their revenue. Throws not_found, forbidden. */
export async function readExperimentDays(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<{ days: ExperimentDay[]; currency: string }> {
  const rows = await tx.execute<DayRow>(
    sql`select day_on::text, pair, arm, left_out, finished, granted, refused, installs, verified, revenue_minor, currency, safety_incidents, active_users
      from launch.read_experiment_days(${workspaceId}::uuid, ${id}::uuid)`,
  );
  return {
    days: rows.map((row) => ({
      day: row.day_on,
      pair: row.pair,
      arm: row.arm,
      left_out: row.left_out,
      result: resultOf(row),
    })),
    currency: rows.find((row) => row.currency !== null)?.currency ?? "USD",
  };
}

/** Makes an experiment; its calendar follows from the seed. Throws not_found, illegal_transition, duplicate, invalid_input, forbidden. */
export async function createExperiment(tx: Tx, workspaceId: string, input: ExperimentInput): Promise<string> {
  const [row] = await tx.execute<{ id: string }>(
    sql`select id from launch.create_experiment(${workspaceId}::uuid, ${input.country}, ${input.operation}, ${input.cap_a}::int,
      ${input.cap_b}::int, ${input.starts_on}::date, ${input.days}::int, ${input.seed}, ${input.metric})`,
  );
  if (row === undefined) throw new Error("create_experiment returned no row");
  return row.id;
}

/** Ends an experiment early; the cap in force stays. Throws not_found, illegal_transition, reason_required, forbidden. */
export async function stopExperiment(
  tx: Tx,
  workspaceId: string,
  { id, reason }: { id: string; reason: string },
): Promise<void> {
  await tx.execute(sql`select launch.stop_experiment(${workspaceId}::uuid, ${id}::uuid, ${reason})`);
}
