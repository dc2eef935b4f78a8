import { sql } from "drizzle-orm";
import type { Tx } from "#lib/db/service.ts";

/** Where a run stands; `requested` by hand and not begun. */
type RunState = "requested" | "running" | "succeeded" | "failed";

/** One run of a job. Times are RFC 3339; `lag_ms` from when it was due to when it began. */
export type JobRun = {
  due_at: string;
  started_at: string | null;
  ended_at: string | null;
  state: RunState;
  error: string | null;
  lag_ms: number | null;
  took_ms: number | null;
  requested_by: string | null;
  /** What it came to in this workspace. */
  result: "done" | "skipped" | "failed" | null;
  report: Record<string, unknown> | null;
};

/** A job with its newest run; `state` is null when it never ran. */
export type Job = Omit<JobRun, "due_at" | "state" | "requested_by"> & {
  name: string;
  description: string;
  every_seconds: number;
  flag: string | null;
  /** Whether its flag is on in this workspace. */
  enabled: boolean;
  /** An Edge Function, which can be run by hand; otherwise plain SQL. */
  is_function: boolean;
  /** The throttle level from which on it waits, for `waits_seconds` at most; null when it never does. */
  waits_from: number | null;
  waits_seconds: number | null;
  late_since: string | null;
  due_at: string | null;
  state: RunState | null;
};

const time = (value: string | null): string | null => (value === null ? null : new Date(value).toISOString());

/** Every job of the engine with its newest run. Throws forbidden, not_found. */
export async function readJobs(tx: Tx, workspaceId: string): Promise<Job[]> {
  const rows = await tx.execute<Job>(sql`select * from launch.read_jobs(${workspaceId}::uuid)`);
  return rows.map((row) => ({
    ...row,
    late_since: time(row.late_since),
    due_at: time(row.due_at),
    started_at: time(row.started_at),
    ended_at: time(row.ended_at),
  }));
}

/** The newest 50 runs of one job. Throws forbidden, not_found. */
export async function readJobRuns(tx: Tx, workspaceId: string, job: string): Promise<JobRun[]> {
  const rows = await tx.execute<JobRun>(
    sql`select due_at, started_at, ended_at, state, error, lag_ms, took_ms, requested_by, result, report
      from launch.read_job_runs(${workspaceId}::uuid, ${job})`,
  );
  return rows.map((row) => ({
    ...row,
    due_at: new Date(row.due_at).toISOString(),
    started_at: time(row.started_at),
    ended_at: time(row.ended_at),
  }));
}

/** Asks for a run of one job in this workspace, now. Throws not_found, illegal_transition (one is under way), forbidden. */
export async function requestJobRun(tx: Tx, workspaceId: string, job: string): Promise<{ run_id: string }> {
  const [row] = await tx.execute<{ run_id: string }>(
    sql`select launch.request_job_run(${workspaceId}::uuid, ${job}) as run_id`,
  );
  if (row === undefined) throw new Error("request_job_run returned no row");
  return row;
}
