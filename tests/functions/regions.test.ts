import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Functions, jobSecret, startFunctions } from "#stack/functions.ts";
import { freePort } from "#stack/ports.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";
import { reportEvents, times } from "#tests/setup/signals.ts";

const NOON = "2026-06-10T12:00:00.000Z";
const CRON_SECRET = "from which each job's own is derived";
const JOBS = ["region-kpis", "region-risk", "progression"] as const;

let db: TestDatabase;
let workspace: Workspace;
let quiet: Workspace;
let functions: Functions;
let dir: string;
let port: number;

beforeAll(async () => {
  db = await testDatabase();
  await setClock(db, NOON);
  workspace = await newWorkspace(db);
  quiet = await newWorkspace(db);
  dir = await mkdtemp(join(tmpdir(), "gantry-regions-"));
  port = await freePort();
  functions = await startFunctions({
    port,
    root: resolve(import.meta.dirname, "../.."),
    env: { PATH: process.env.PATH ?? "", SUPABASE_DB_URL: db.serviceUrl },
    cronSecret: CRON_SECRET,
    logDir: dir,
    cacheDir: join(dir, "deno"),
    watch: false,
    report: () => undefined,
    only: JOBS,
  });
}, 60_000);
afterAll(async () => {
  await functions.stop();
  await db.close();
  await rm(dir, { recursive: true, force: true });
});

const start = (name: string, secret = jobSecret(CRON_SECRET, name)) =>
  fetch(`http://127.0.0.1:${port}/functions/v1/${name}`, {
    method: "POST",
    headers: { "x-gantry-job-secret": secret },
  });

async function reportOf(name: string) {
  const [row] = await db.owner<{ outcome: string; report: object }[]>`
    select outcome, report from launch.job_results where job = ${name} and workspace_id = ${workspace.id} order by due_at desc limit 1`;
  return row;
}

test("RISK-20 events become KPIs, KPIs risk, and risk a pause and a judged gate, by the real functions, each once", async () => {
  await openCountry(db, workspace, "PL");
  await openCountry(db, workspace, "CZ");
  const at = (hours: number) => new Date(Date.parse(NOON) - hours * 3_600_000).toISOString();
  await reportEvents(db, workspace, [
    ...times(200, { type: "app.installed", at: at(1) }),
    ...times(101, { type: "safety.incident_reported", at: at(2) }),
    ...times(8, { type: "chat.started", at: at(9) }),
    ...[3, 4, 5, 6, 7, 8].flatMap((hours) =>
      times(1, { type: "app.installed", at: at(hours), country: "CZ" }),
    ),
  ]);
  for (const name of JOBS) {
    expect((await start(name, jobSecret(CRON_SECRET, "outbox"))).status).toBe(401);
    expect(await (await start(name)).json()).toEqual({ claimed: true, done: 2, skipped: 0, failed: 0 });
    expect(await (await start(name)).json()).toMatchObject({ claimed: false });
  }
  expect(await reportOf("region-kpis")).toEqual({
    outcome: "done",
    report: { hours: 9, left: false, at: "2026-06-10T12:00:00+00:00", countries: 2, alerts: 0 },
  });
  expect(await reportOf("region-risk")).toEqual({
    outcome: "done",
    report: {
      at: "2026-06-10T12:00:00+00:00",
      levels: { critical: 1, insufficient_data: 1 },
      paused: ["PL"],
    },
  });
  expect(await reportOf("progression")).toEqual({
    outcome: "done",
    report: { outcomes: { CZ: "fail" }, moved: [], proposed: [] },
  });
  const phases =
    await db.owner`select code, phase from launch.countries where workspace_id = ${workspace.id} order by code`;
  expect([...phases]).toEqual([
    { code: "CZ", phase: "soft" },
    { code: "PL", phase: "pause" },
  ]);
  expect(await db.owner`select 1 from launch.region_kpis where workspace_id = ${quiet.id}`).toHaveLength(0);
});
