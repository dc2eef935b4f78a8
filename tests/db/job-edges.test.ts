import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, newWorkspace, type Workspace } from "#tests/setup/people.ts";

const NOON = "2026-06-01T12:00:00.000Z";
const later = (seconds: number) => new Date(Date.parse(NOON) + seconds * 1000).toISOString();

let db: TestDatabase;
let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.owner`truncate launch.job_runs, launch.job_results, launch.alerts, launch.alert_changes, private.job_ticks, cron.job_run_details cascade`;
  await setClock(db, NOON);
  workspace = await newWorkspace(db);
  other = await newWorkspace(db);
});

interface Claimed {
  run_id: string;
  covers_from: Date | null;
}
const claim = async (job: string, id: string | null = null) =>
  (await db.service<Claimed[]>`select * from launch.claim_job_run(${job}, ${id}::uuid)`)[0];
const finish = async (id = "", error: string | null = null) =>
  (
    await db.service<{ ended: boolean }[]>`
      select launch.finish_job_run(${id}, '{}'::uuid[], '{}'::text[], '{}'::int[], '{}'::text[], ${error}::text) as ended`
  )[0]?.ended;
const request = async (job: string, { id, owner } = workspace) =>
  asPerson(db, owner, async (sql) => {
    const [row] = await sql<{ id: string }[]>`select launch.request_job_run(${id}, ${job}) as id`;
    return row?.id ?? "";
  });
const due = async () =>
  (await db.owner<{ job: string }[]>`select due_jobs as job from private.due_jobs(launch.now())`).map(
    ({ job }) => job,
  );

describe("what a run covers", () => {
  test("JOB-30 a run covers from the last that was scheduled and ended well: neither a failed one nor one by hand counts", async () => {
    await finish((await claim("load-gate"))?.run_id);
    await setClock(db, later(60));
    await finish((await claim("load-gate"))?.run_id, "the database was away");
    await setClock(db, later(90));
    const byHand = await request("load-gate");
    await finish((await claim("load-gate", byHand))?.run_id);
    await setClock(db, later(120));
    expect((await claim("load-gate"))?.covers_from).toEqual(new Date(NOON));
  });
});

describe("by hand", () => {
  test("JOB-31 another workspace's run by hand holds mine up no more than I hear of it", async () => {
    const theirs = await request("load-gate", other);
    await setClock(db, later(1));
    const mine = await request("load-gate");
    await claim("load-gate", theirs);
    await claim("load-gate", mine);
    const seen = ({ id, owner }: Workspace) =>
      asPerson(
        db,
        owner,
        (sql) => sql`select requested_by, state from launch.read_job_runs(${id}, 'load-gate')`,
      );
    expect(await seen(workspace)).toEqual([{ requested_by: workspace.owner.email, state: "running" }]);
    expect(await seen(other)).toEqual([{ requested_by: other.owner.email, state: "running" }]);
  });

  test("JOB-39 two workspaces that ask in the same microsecond have a run each; of two who ask in one workspace at once the second is told", async () => {
    const asked = await Promise.allSettled([
      request("load-gate"),
      request("load-gate", other),
      request("load-gate"),
    ]);
    expect(asked.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "fulfilled", "rejected"]);
    const refused = asked.find((one) => one.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "GTTRN" });
    const runs =
      await db.owner`select distinct workspace_id, due_at from launch.job_runs where job = 'load-gate'`;
    expect(runs.map(({ workspace_id }) => workspace_id).toSorted()).toEqual(
      [workspace.id, other.id].toSorted(),
    );
    expect(runs.map(({ due_at }) => +due_at)).toEqual([Date.parse(NOON), Date.parse(NOON)]);
  });

  test("JOB-32 a run by hand is claimed as its own job, once, and its end stands", async () => {
    const id = await request("load-gate");
    expect(await claim("threat-shield", id)).toBeUndefined();
    expect(await claim("load-gate", id)).toMatchObject({ run_id: id });
    expect(await claim("load-gate", id)).toBeUndefined();
    expect(await finish(id)).toBe(true);
    expect(await finish(id, "too late")).toBe(false);
    await setClock(db, later(301));
    expect(await claim("load-gate", id)).toBeUndefined();
    expect(await db.owner`select outcome, error from launch.job_runs`).toEqual([
      { outcome: "succeeded", error: null },
    ]);
  });
});

describe("what is due", () => {
  test("JOB-33 a job under way is not started again, one whose claim ran out is, and one that ended is not", async () => {
    const run = await claim("threat-shield");
    expect(await due()).not.toContain("threat-shield");
    await setClock(db, later(299));
    expect(await due()).not.toContain("threat-shield");
    await db.owner`update launch.job_runs set started_at = ${later(-1)}`;
    expect(await due()).toContain("threat-shield");
    await finish(run?.run_id);
    expect(await due()).not.toContain("threat-shield");
  });

  test("JOB-34 risk waits for the end of the KPIs of its hour, not only for their beginning", async () => {
    const run = await claim("region-kpis");
    expect(await due()).not.toContain("region-risk");
    await finish(run?.run_id, "half of it");
    expect(await due()).toContain("region-risk");
  });

  test("JOB-35 a job that fails each time is late, a function as well as what the database runs itself", async () => {
    for (let minute = 0; minute <= 6; minute += 1) {
      await setClock(db, later(minute * 60));
      await finish((await claim("load-gate"))?.run_id, "no limits");
      await db.owner`insert into cron.job_run_details (jobid, status, start_time, end_time)
        select jobid, case when jobname = 'launch:close-days' then 'failed' else 'succeeded' end, launch.now(), launch.now()
        from cron.job where jobname in ('launch:close-days', 'launch:watch-capacity')`;
      await db.owner`select launch.start_due_jobs()`;
    }
    const late = await db.owner<{ fingerprint: string }[]>`
      select fingerprint from launch.alerts where workspace_id = ${workspace.id} and status <> 'resolved'
        and fingerprint in ('job:load-gate', 'job:close-days', 'job:watch-capacity') order by 1`;
    expect(late.map(({ fingerprint }) => fingerprint)).toEqual(["job:close-days", "job:load-gate"]);
  });

  test("JOB-36 a job whose flag is off in a workspace reads so there, and in no other", async () => {
    await asPerson(
      db,
      other.owner,
      (sql) => sql`select app.set_flag(${other.id}, 'launch.autoThrottle', false, 'drill')`,
    );
    const enabled = ({ id, owner }: Workspace) =>
      asPerson(
        db,
        owner,
        (sql) =>
          sql`select enabled from launch.read_jobs(${id}) where name in ('load-gate', 'outbox') order by name`,
      );
    expect(await enabled(other)).toEqual([{ enabled: false }, { enabled: true }]);
    expect(await enabled(workspace)).toEqual([{ enabled: true }, { enabled: true }]);
  });
});
