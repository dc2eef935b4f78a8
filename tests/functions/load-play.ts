import { setClock, type TestDatabase } from "#tests/setup/database.ts";
import type { Workspace } from "#tests/setup/people.ts";
import { createOutbound } from "../../supabase/functions/_shared/outbound.ts";
import { type Deps, handle } from "../../supabase/functions/load-gate/index.ts";

/** A Monday, so that hours of the week are easy to count. */
export const NOON = "2026-06-01T12:00:00.000Z";
const SECRET = "starts the load gate";

/** Plays minutes of load through the function itself, on a clock that stands still in between. */
export interface Play {
  /** Moves to a minute after noon. */
  at(minute: number): Promise<void>;
  /** Reports a measurement now. */
  report(name: string, value: number): Promise<void>;
  /** Starts the function, as the scheduler does. Resolves with what it answered. */
  run(): Promise<{ claimed: boolean; done: number; skipped: number; failed: number }>;
  /** Goes to the next minute, reports if there is something to report, runs, and resolves with the measured level. */
  next(name?: string, value?: number): Promise<number>;
  level(): Promise<number>;
  /** What the last run came to in the workspace. */
  result(): Promise<{ outcome: string; report: Record<string, unknown> }>;
  audit(): Promise<string[]>;
  alerts(): Promise<string[]>;
}

export async function newPlay(db: TestDatabase, workspace: Workspace, own = ["127.0.0.0/8"]): Promise<Play> {
  const { id } = workspace;
  const deps: Deps = {
    sql: db.service,
    now: () => performance.now(),
    jobSecret: SECRET,
    outbound: createOutbound({ own }),
  };
  let minute = 0;
  await db.owner`truncate launch.job_runs, launch.job_results`;
  // Earlier tests' workspaces would be evaluated as well.
  await db.owner`delete from launch.limits where workspace_id <> ${id}`;
  await setClock(db, NOON);
  const play: Play = {
    async at(to) {
      minute = to;
      await db.owner`update test.clock set at = ${NOON}::timestamptz + make_interval(secs => ${to * 60})`;
    },
    async report(name, value) {
      await db.owner`insert into launch.measurements values (${id}, ${name}, launch.now(), launch.now(), ${value})
        on conflict (workspace_id, name, measured_at) do update set value = excluded.value`;
    },
    async run() {
      const headers = { "x-gantry-job-secret": SECRET };
      const request = new Request("http://functions.local/load-gate", { method: "POST", headers });
      return (await handle(request, deps)).json() as ReturnType<Play["run"]>;
    },
    async next(name, value) {
      await play.at(minute + 1);
      if (name !== undefined && value !== undefined) await play.report(name, value);
      await play.run();
      return play.level();
    },
    async level() {
      const [row] = await db.owner<{ level: number }[]>`
        select coalesce((select level from launch.throttles where workspace_id = ${id}), 0) as level`;
      return row?.level ?? Number.NaN;
    },
    async result() {
      const [row] = await db.owner<{ outcome: string; report: Record<string, unknown> }[]>`
        select outcome, report from launch.job_results where workspace_id = ${id} and job = 'load-gate' order by due_at desc limit 1`;
      if (row === undefined) throw new Error("the job left no result");
      return row;
    },
    async audit() {
      const rows = await db.owner<{ line: string }[]>`
        select action || ' ' || (details ->> 'was') || '→' || (details ->> 'level') as line from app.audit_entries
        where workspace_id = ${id} and action in ('throttle.raised', 'throttle.lowered') order by sequence`;
      return rows.map(({ line }) => line);
    },
    async alerts() {
      const rows = await db.owner<{ line: string }[]>`
        select concat_ws(' ', fingerprint, severity, status) as line from launch.alerts
        where workspace_id = ${id} and kind = 'load' order by id`;
      return rows.map(({ line }) => line);
    },
  };
  return play;
}
