import { createHash, timingSafeEqual } from "node:crypto";
import type postgres from "postgres";

/** One claimed run of a job. */
export interface Run {
  id: string;
  due_at: Date;
  /** When the last good run before this one was due; null when there was none in the last week. */
  covers_from: Date | null;
}

/** What a job needs of the world besides its own. */
export interface JobDeps {
  /** A connection that may execute launch.claim_job_run, launch.list_job_workspaces, launch.finish_job_run and the job's own functions. */
  sql: postgres.Sql;
  /** Milliseconds, for how long a workspace took. */
  now(): number;
  /** What the caller must show. */
  jobSecret: string;
}

/** What a run came to: `claimed` is false when somebody else has the run, or has done it. */
export interface JobReport {
  claimed: boolean;
  done: number;
  skipped: number;
  failed: number;
}

type Evaluate<D extends JobDeps> = (workspaceId: string, run: Run, deps: D) => Promise<object>;

interface Result {
  workspaceId: string;
  outcome: "done" | "skipped" | "failed";
  tookMs: number;
  report: object;
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return expected !== "" && timingSafeEqual(digest(given), digest(expected));
}

/** Whether a request shows the secret that starts this job. Compared in constant time. */
export function isStarter(request: Request, jobSecret: string): boolean {
  return isSame(request.headers.get("x-gantry-job-secret") ?? "", jobSecret);
}

/** The answer to whoever doesn't. */
export function notStarter(): Response {
  return Response.json({ message: "This job is started by its own secret." }, { status: 401 });
}

async function requestedRun(request: Request): Promise<string | null> {
  const body: unknown = await request.json().catch(() => null);
  const id: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "run_id") : null;
  return typeof id === "string" ? id : null;
}

/**
 * Makes the handler of a job: checks the starter's secret, claims the run, evaluates workspace after workspace, and finishes. A workspace
 * that fails doesn't keep the others from their turn; one whose flag is off is skipped. 401 without the job's own secret.
 */
export function job<D extends JobDeps>(name: string, evaluate: Evaluate<D>) {
  return async (request: Request, deps: D): Promise<Response> => {
    if (!isStarter(request, deps.jobSecret)) return notStarter();
    const { sql } = deps;
    const [claimed] = await sql<
      { run_id: string; due_at: Date; covers_from: Date | null; workspace_id: string | null }[]
    >`
      select * from launch.claim_job_run(${name}, ${await requestedRun(request)}::uuid)`;
    if (claimed === undefined)
      return Response.json({ claimed: false, done: 0, skipped: 0, failed: 0 } satisfies JobReport);
    const run: Run = { id: claimed.run_id, due_at: claimed.due_at, covers_from: claimed.covers_from };
    const workspaces = await sql<{ workspace_id: string; enabled: boolean }[]>`
      select * from launch.list_job_workspaces(${name}, ${claimed.workspace_id}::uuid)`;
    const results: Result[] = [];
    for (const { workspace_id: id, enabled } of workspaces) {
      results.push(enabled ? await attempt(() => evaluate(id, run, deps), id, deps) : skipped(id));
    }
    await finish(sql, run, results);
    const count = (outcome: Result["outcome"]) =>
      results.filter((result) => result.outcome === outcome).length;
    const report: JobReport = {
      claimed: true,
      done: count("done"),
      skipped: count("skipped"),
      failed: count("failed"),
    };
    return Response.json(report);
  };
}

function skipped(workspaceId: string): Result {
  return { workspaceId, outcome: "skipped", tookMs: 0, report: { reason: "its flag is off" } };
}

async function attempt(work: () => Promise<object>, workspaceId: string, deps: JobDeps): Promise<Result> {
  const startedAt = deps.now();
  const took = () => Math.round(deps.now() - startedAt);
  try {
    return { workspaceId, outcome: "done", report: await work(), tookMs: took() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { workspaceId, outcome: "failed", report: { error: reason.slice(0, 500) }, tookMs: took() };
  }
}

async function finish(sql: postgres.Sql, run: Run, results: Result[]): Promise<void> {
  await sql`select launch.finish_job_run(${run.id}, ${results.map((result) => result.workspaceId)}::uuid[],
    ${results.map((result) => result.outcome)}::text[], ${results.map((result) => result.tookMs)}::int[],
    ${results.map((result) => JSON.stringify(result.report))}::text[])`;
}
