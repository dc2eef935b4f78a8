import postgres, { type Sql } from "postgres";
import { parseSchedule, type Schedule } from "./cron-schedule.ts";
import { startNet } from "./net.ts";
import type { Part } from "./part.ts";
import { reason } from "./stack-error.ts";

export interface CronOptions {
  /** Connection string of the superuser: jobs run as whoever scheduled them. */
  databaseUrl: string;
  /** Where what goes wrong is written. */
  log: (line: string) => void;
}

interface Job {
  jobid: string;
  schedule: string;
  command: string;
  database: string;
  username: string;
}

const TICK_MS = 1000;
const COMMAND_TIMEOUT_MS = 120_000;
const LOOK_BACK_MS = 7 * 86_400_000;
const HOUSEKEEPING_MS = 3_600_000;
/** First key of the advisory lock each running job holds, so that two schedulers never run it at once. */
const JOB_LOCK = 7_221_378;

/**
 * Runs the jobs of cron.job when they are due, each in a session of its own as the user who scheduled it, and records
 * every run in cron.job_run_details; sends what waits in net.http_request_queue. A job whose time passed while nothing
 * ran is made up for once at the start, and one still running when it is due again runs once more right after.
 */
export async function startCron({ databaseUrl, log }: CronOptions): Promise<Part> {
  const db = postgres(databaseUrl, {
    max: 3,
    onnotice: () => undefined,
    connection: { application_name: "cron" },
  });
  await closeLostRuns(db);
  const net = startNet(db, log);
  const due = createDueJobs();
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  let tidiedAt = 0;
  let stopped = false;

  function begin(job: Job): void {
    if (running.has(job.jobid)) return void again.add(job.jobid);
    const run = runJob(db, databaseUrl, job)
      .catch((error) => log(`cron job ${job.jobid}: ${reason(error)}`))
      .finally(() => {
        running.delete(job.jobid);
        if (again.delete(job.jobid) && !stopped) begin(job);
      });
    running.set(job.jobid, run);
  }

  async function tick(): Promise<void> {
    const jobs = await db<
      Job[]
    >`select jobid, schedule, command, database, username from cron.job where active`;
    for (const job of due(jobs, new Date(), log)) begin(job);
    await net.send();
    if (Date.now() - tidiedAt < HOUSEKEEPING_MS) return;
    tidiedAt = Date.now();
    await tidy(db);
  }

  for (const job of await missedJobs(db, log)) begin(job);
  let ticking = Promise.resolve();
  const timer = setInterval(() => {
    ticking = ticking
      .then(() => (stopped ? undefined : tick()))
      .catch((error) => log(`cron: ${reason(error)}`));
  }, TICK_MS);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await ticking;
      await Promise.all([...running.values(), net.stop()]);
      await db.end({ timeout: 2 });
    },
  };
}

/** Remembers what has been started, and names the jobs whose time has come since. */
function createDueJobs(): (jobs: Job[], now: Date, log: (line: string) => void) => Job[] {
  let lastMinute = Math.floor(Date.now() / 60_000);
  const startedAt = new Map<string, number>();
  return (jobs, now, log) => {
    const minute = Math.floor(now.getTime() / 60_000);
    const newMinute = minute > lastMinute;
    lastMinute = Math.max(minute, lastMinute);
    return jobs.filter((job) => {
      const schedule = readSchedule(job, log);
      if (!schedule) return false;
      if (schedule.kind === "minutes") return newMinute && schedule.matches(now);
      if (now.getTime() - (startedAt.get(job.jobid) ?? 0) < schedule.seconds * 1000 - TICK_MS / 2)
        return false;
      startedAt.set(job.jobid, now.getTime());
      return true;
    });
  };
}

/** The jobs whose time has come since they last ran, looking back a week; unlike pg_cron's server, this machine sleeps. */
async function missedJobs(db: Sql, log: (line: string) => void): Promise<Job[]> {
  const jobs = await db<(Job & { ran_at: Date | null })[]>`
    select jobid, schedule, command, database, username,
      (select max(d.start_time) from cron.job_run_details d where d.jobid = j.jobid) as ran_at
    from cron.job j where active`;
  const now = Date.now();
  return jobs.filter((job) => {
    const schedule = readSchedule(job, log);
    if (schedule?.kind !== "minutes") return false;
    const since = Math.max(job.ran_at?.getTime() ?? 0, now - LOOK_BACK_MS);
    for (let at = now; at > since; at -= 60_000) {
      if (schedule.matches(new Date(at))) return true;
    }
    return false;
  });
}

function readSchedule(job: Job, log: (line: string) => void): Schedule | undefined {
  try {
    return parseSchedule(job.schedule);
  } catch (error) {
    log(`cron job ${job.jobid}: ${reason(error)}`);
    return undefined;
  }
}

async function runJob(db: Sql, databaseUrl: string, job: Job): Promise<void> {
  const url = new URL(databaseUrl);
  url.pathname = `/${job.database}`;
  const session = postgres(url.href, {
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: "pg_cron" },
  });
  try {
    const [lock] = await session<{ mine: boolean; pid: number }[]>`
      select pg_try_advisory_lock(${JOB_LOCK}, ${job.jobid}::int) as mine, pg_backend_pid() as pid`;
    if (!lock?.mine) return;
    const [run] = await db<{ runid: string }[]>`
      insert into cron.job_run_details (jobid, job_pid, database, username, command, status, start_time)
      values (${job.jobid}, ${lock.pid}, ${job.database}, ${job.username}, ${job.command}, 'running', clock_timestamp())
      returning runid`;
    const { status, message } = await execute(session, job);
    await db`
      update cron.job_run_details
      set status = ${status}, return_message = ${message}, end_time = clock_timestamp()
      where runid = ${run?.runid ?? null}`;
  } finally {
    await session.end({ timeout: 1 });
  }
}

async function execute(session: Sql, job: Job): Promise<{ status: "succeeded" | "failed"; message: string }> {
  try {
    await session.unsafe(`set statement_timeout = ${COMMAND_TIMEOUT_MS}`);
    const [authorize] = await session<{ statement: string }[]>`
      select format('set session authorization %I', ${job.username}::text) as statement`;
    await session.unsafe(authorize?.statement ?? "");
    const result = await session.unsafe(job.command);
    const rows = result.count === 1 ? "1 row" : `${result.count ?? 0} rows`;
    return {
      status: "succeeded",
      message: result.command === "SELECT" ? rows : `${result.command ?? ""} ${rows}`,
    };
  } catch (error) {
    return { status: "failed", message: `ERROR: ${reason(error)}` };
  }
}

async function closeLostRuns(db: Sql): Promise<void> {
  await db`
    update cron.job_run_details
    set status = 'failed', return_message = 'the scheduler ended', end_time = clock_timestamp()
    where status = 'running'`;
}

async function tidy(db: Sql): Promise<void> {
  await db`delete from cron.job_run_details where start_time < now() - interval '7 days'`;
  await db`delete from net._http_response where created < now() - interval '6 hours'`;
}
