import type postgres from "postgres";
import type { Outcome } from "./delivery.ts";
import type { Fate } from "./mails.ts";

/** How many messages were claimed and what became of them; `unsent` were left for later. */
export interface Report {
  claimed: number;
  delivered: number;
  skipped: number;
  failed: number;
  unsent: number;
}

const FATES: Record<Outcome["outcome"], Fate> = {
  delivered: "delivered",
  failed: "failed",
  refused: "failed",
  gone: "failed",
  held: "unsent",
};

/** Counts what a run did, workspace by workspace. */
export class Tally {
  private readonly counts = new Map<string, Report>();

  count(workspaceId: string, fate: Fate): void {
    const report = this.counts.get(workspaceId) ?? {
      claimed: 0,
      delivered: 0,
      skipped: 0,
      failed: 0,
      unsent: 0,
    };
    report.claimed += 1;
    report[fate] += 1;
    this.counts.set(workspaceId, report);
  }

  countOutcome(workspaceId: string, outcome: Outcome["outcome"]): void {
    this.count(workspaceId, FATES[outcome]);
  }

  workspaces(): [string, Report][] {
    return [...this.counts];
  }

  total(): Report {
    const total: Report = { claimed: 0, delivered: 0, skipped: 0, failed: 0, unsent: 0 };
    for (const report of this.counts.values()) {
      for (const name of Object.keys(total) as (keyof Report)[]) total[name] += report[name];
    }
    return total;
  }
}

interface RunDeps {
  sql: postgres.Sql;
  now(): number;
}

interface ClaimedRun {
  id: string;
  startedAt: number;
}

/**
 * Claims the job's run, so that it shows in the history of jobs. Null when this slot has a run already: what is due is delivered all the same,
 * because claims are of messages.
 */
export async function claimRun(request: Request, { sql, now }: RunDeps): Promise<ClaimedRun | null> {
  const body: unknown = await request.json().catch(() => null);
  const asked: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "run_id") : null;
  const [run] = await sql<{ run_id: string }[]>`
    select run_id from launch.claim_job_run('outbox', ${typeof asked === "string" ? asked : null}::uuid)`;
  return run === undefined ? null : { id: run.run_id, startedAt: now() };
}

/** Ends the run with what it did in each workspace. A message that failed is no failure of the run: it is tried again. */
export async function finishRun(
  run: ClaimedRun | null,
  tally: Tally,
  error: string | null,
  { sql, now }: RunDeps,
): Promise<void> {
  if (run === null) return;
  const tookMs = Math.round(now() - run.startedAt);
  const results = tally.workspaces();
  await sql`select launch.finish_job_run(${run.id}, ${results.map(([id]) => id)}::uuid[],
    ${results.map(() => "done")}::text[], ${results.map(() => tookMs)}::int[],
    ${results.map(([, report]) => JSON.stringify(report))}::text[], ${error})`;
}
