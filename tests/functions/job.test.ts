import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newWorkspace, type Workspace } from "#tests/setup/people.ts";
import { type JobDeps, type JobReport, job, type Run } from "../../supabase/functions/_shared/job.ts";

const SECRET = "starts this one job";
const NOON = "2026-06-01T12:00:00.000Z";
const later = (seconds: number) => new Date(Date.parse(NOON) + seconds * 1000).toISOString();

let db: TestDatabase;
let workspace: Workspace;
let other: Workspace;
let deps: JobDeps;

beforeAll(async () => {
  db = await testDatabase();
  deps = { sql: db.service, now: () => performance.now(), jobSecret: SECRET };
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.owner`truncate launch.job_runs, launch.job_results, launch.alerts, launch.alert_changes, private.job_ticks, cron.job_run_details cascade`;
  await setClock(db, NOON);
  workspace = await newWorkspace(db);
  other = await newWorkspace(db);
});

type Evaluate = (workspaceId: string, run: Run) => Promise<object>;

async function start(
  evaluate: Evaluate,
  { secret = SECRET, body = {} }: { secret?: string; body?: object } = {},
) {
  const request = new Request("http://functions.local/load-gate", {
    method: "POST",
    headers: { "x-gantry-job-secret": secret },
    body: JSON.stringify(body),
  });
  return job<JobDeps>("load-gate", evaluate)(request, deps);
}

const run = async (evaluate: Evaluate, body: object = {}) =>
  (await (await start(evaluate, { body })).json()) as JobReport;
const fine: Evaluate = () => Promise.resolve({ looked: true });

async function runs() {
  return db.owner<
    {
      due_at: Date;
      covers_from: Date | null;
      outcome: string | null;
      attempts: number;
      error: string | null;
    }[]
  >`
    select due_at, covers_from, outcome, attempts, error from launch.job_runs order by due_at`;
}

async function resultOf({ id }: Workspace) {
  const [row] = await db.owner`select outcome, report from launch.job_results where workspace_id = ${id}`;
  return row;
}

describe("a job's run", () => {
  test("JOB-01 of two starters of one slot one runs, and the next slot is another run", async () => {
    const reports = await Promise.all([run(fine), run(fine), run(fine)]);
    expect(reports.filter((report) => report.claimed)).toHaveLength(1);
    expect(await runs()).toMatchObject([{ due_at: new Date(NOON), outcome: "succeeded", attempts: 1 }]);
    await setClock(db, later(59));
    expect(await run(fine)).toMatchObject({ claimed: false });
    await setClock(db, later(60));
    expect(await run(fine)).toMatchObject({ claimed: true });
  });

  test("JOB-02 after an outage one run catches up and says since when nothing ran", async () => {
    await run(fine);
    await setClock(db, later(3600));
    const seen: (string | undefined)[] = [];
    await run((_, { covers_from }) => {
      seen.push(covers_from?.toISOString());
      return Promise.resolve({});
    });
    expect(new Set(seen)).toEqual(new Set([NOON]));
    expect(await runs()).toHaveLength(2);
  });

  test("JOB-03 a workspace whose flag is off is skipped and told so; one that fails keeps nobody from their turn", async () => {
    await asPerson(
      db,
      other.owner,
      (sql) => sql`select app.set_flag(${other.id}, 'launch.autoThrottle', false, 'drill')`,
    );
    const report = await run((id) =>
      id === workspace.id ? Promise.reject(new Error("no limits")) : fine(id, {} as Run),
    );
    expect(report).toMatchObject({ claimed: true, failed: 1 });
    expect(await resultOf(workspace)).toEqual({ outcome: "failed", report: { error: "no limits" } });
    expect(await resultOf(other)).toMatchObject({ outcome: "skipped" });
    expect(await runs()).toMatchObject([{ outcome: "failed", error: expect.stringContaining("1 of") }]);
  });

  test("JOB-04 a run whose function died is claimed again after five minutes and not before", async () => {
    const claim = () => db.service`select * from launch.claim_job_run('region-kpis')`;
    expect(await claim()).toHaveLength(1);
    await setClock(db, later(299));
    expect(await claim()).toHaveLength(0);
    await setClock(db, later(300));
    expect(await claim()).toHaveLength(1);
    expect(await runs()).toMatchObject([{ attempts: 2, outcome: null }]);
  });

  test("JOB-05 without the job's own secret nothing is claimed", async () => {
    for (const secret of ["", "another", `${SECRET}.`]) {
      expect((await start(fine, { secret })).status).toBe(401);
    }
    expect(await runs()).toEqual([]);
  });

  test("JOB-06 who may run jobs asks for one in their workspace alone, one at a time, audited", async () => {
    const ask = (person = workspace.owner) =>
      asPerson(db, person, async (sql) => {
        const [row] = await sql<
          { id: string }[]
        >`select launch.request_job_run(${workspace.id}, 'load-gate') as id`;
        return row?.id;
      });
    const id = await ask();
    await expect(ask()).rejects.toMatchObject({ code: "GTTRN" });
    const seen: string[] = [];
    const report = await run(
      (workspaceId) => {
        seen.push(workspaceId);
        return Promise.resolve({});
      },
      { run_id: id },
    );
    expect(report).toEqual({ claimed: true, done: 1, skipped: 0, failed: 0 });
    expect(seen).toEqual([workspace.id]);
    expect(await run(fine, { run_id: id })).toMatchObject({ claimed: false });
    await expect(ask(await join(db, workspace, "safety"))).rejects.toMatchObject({ code: "GTROL" });
    await expect(ask(other.owner)).rejects.toMatchObject({ code: "GTNIL" });
    const [entry] =
      await db.owner`select action from app.audit_entries where workspace_id = ${workspace.id} order by sequence desc limit 1`;
    expect(entry).toEqual({ action: "job.requested" });
  });
});

describe("the schedule", () => {
  const tick = async (seconds: number) => {
    await setClock(db, later(seconds));
    await db.owner`select launch.start_due_jobs()`;
  };
  const alerts = async () =>
    (
      await db.owner<{ fingerprint: string; status: string }[]>`
        select fingerprint, status from launch.alerts where workspace_id = ${workspace.id} order by id`
    ).map(({ fingerprint, status }) => `${fingerprint} ${status}`);
  const cronSucceeds = (job: string, seconds: number) =>
    db.owner`insert into cron.job_run_details (jobid, status, start_time, end_time)
      select jobid, 'succeeded', ${later(seconds)}::timestamptz, ${later(seconds)}::timestamptz from cron.job where jobname = ${`launch:${job}`}`;
  const succeed = (job: string) =>
    db.owner`insert into launch.job_runs (job, due_at, started_at, ended_at, outcome)
      values (${job}, private.job_slot((select every from launch.jobs where name = ${job}), launch.now()), launch.now(), launch.now(), 'succeeded')
      on conflict do nothing`;

  test("JOB-07 a job that misses its time raises one alert in every workspace, and the next good run settles it", async () => {
    const others = await db.owner<{ name: string }[]>`select name from launch.jobs
      where not is_function and name not in ('close-days', 'watch-capacity')`;
    for (let minute = 0; minute <= 6; minute += 1) {
      for (const { name } of others) await cronSucceeds(name, minute * 60);
      await tick(minute * 60);
    }
    expect(await alerts()).toEqual(["job:close-days open", "job:load-gate open", "job:watch-capacity open"]);
    await succeed("load-gate");
    await cronSucceeds("close-days", 7 * 60);
    await tick(7 * 60);
    expect(await alerts()).toEqual([
      "job:close-days resolved",
      "job:load-gate resolved",
      "job:watch-capacity open",
    ]);
  });

  test("JOB-08 a gap of the scheduler itself raises an alert, and lateness counts anew from its return", async () => {
    await tick(0);
    await tick(3600);
    expect(await alerts()).toEqual(["job:scheduler open"]);
    await succeed("load-gate");
    await tick(3660);
    expect(await alerts()).toEqual(["job:scheduler resolved"]);
  });

  test("JOB-10 who may see jobs reads each with its newest run, its history and what it came to in their workspace", async () => {
    await run((id) => Promise.resolve({ seen: id }));
    await cronSucceeds("close-days", 0);
    const read = (person = workspace.owner) =>
      asPerson(db, person, async (sql) => {
        const jobs = await sql<{ name: string; state: string | null; report: object | null }[]>`
          select * from launch.read_jobs(${workspace.id})`;
        const history = await sql<{ state: string; report: object }[]>`
          select * from launch.read_job_runs(${workspace.id}, 'load-gate')`;
        return { jobs: Object.fromEntries(jobs.map((row) => [row.name, row])), history };
      });
    const { jobs, history } = await read();
    expect(jobs["load-gate"]).toMatchObject({
      state: "succeeded",
      result: "done",
      report: { seen: workspace.id },
    });
    expect(jobs["close-days"]).toMatchObject({ state: "succeeded", is_function: false });
    expect(jobs["region-kpis"]).toMatchObject({ state: null, enabled: true });
    expect(jobs.progression).toMatchObject({ waits_from: 2, waits_seconds: 2700 });
    expect(jobs["load-gate"]).toMatchObject({ waits_from: null, waits_seconds: null });
    expect(history).toMatchObject([{ state: "succeeded", report: { seen: workspace.id } }]);
    await expect(read(await join(db, workspace, "viewer"))).rejects.toMatchObject({ code: "GTROL" });
    await expect(read(other.owner)).rejects.toMatchObject({ code: "GTNIL" });
  });

  test("JOB-09 risk is due only when the KPIs of its hour are done", async () => {
    const due = async () =>
      (await db.owner<{ job: string }[]>`select due_jobs as job from private.due_jobs(launch.now())`).map(
        (row) => row.job,
      );
    expect(await due()).toEqual(["load-gate", "progression", "region-kpis", "threat-shield"]);
    await succeed("region-kpis");
    expect(await due()).toEqual(["load-gate", "progression", "region-risk", "threat-shield"]);
  });
});
