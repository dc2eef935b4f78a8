import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { jobSecret, startFunctions } from "#stack/functions.ts";
import { freePort } from "#stack/ports.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, newWorkspace, type Workspace } from "#tests/setup/people.ts";
import { reported } from "#tests/setup/reported.ts";
import { handle } from "../../supabase/functions/threat-shield/index.ts";

const NOON = "2026-06-01T12:00:00.000Z";
const SECRET = "starts this one job";
const at = (ms: number) => new Date(Date.parse(NOON) + ms).toISOString();

let db: TestDatabase;
let workspace: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.owner`truncate launch.job_runs, launch.job_results`;
  await setClock(db, NOON);
  workspace = await newWorkspace(db);
});

const farm = () =>
  reported(db, workspace, {
    type: "registration.completed",
    at: at(-60_000),
    device: "dev-1",
    subject: "acc-{n}",
    times: 3,
  });
const alertCount = async () =>
  (await db.owner`select 1 from launch.alerts where workspace_id = ${workspace.id}`).length;

async function run() {
  const request = new Request("http://functions.local/threat-shield", {
    method: "POST",
    headers: { "x-gantry-job-secret": SECRET },
  });
  return (await handle(request, { sql: db.service, now: () => performance.now(), jobSecret: SECRET })).json();
}

test("THR-22 the job runs once a slot, reports what came of it, and skips a workspace whose switch is off", async () => {
  await farm();
  await asPerson(
    db,
    workspace.owner,
    (sql) => sql`select app.set_flag(${workspace.id}, 'launch.fraudShield', false, 'drill')`,
  );
  expect(await run()).toMatchObject({ claimed: true, skipped: 1 });
  expect(await alertCount()).toBe(0);
  await asPerson(
    db,
    workspace.owner,
    (sql) => sql`select app.set_flag(${workspace.id}, 'launch.fraudShield', true, 'drill')`,
  );
  expect(await run()).toMatchObject({ claimed: false });
  await setClock(db, at(5 * 60_000));
  expect(await run()).toMatchObject({ claimed: true, failed: 0 });
  expect(await alertCount()).toBe(1);
  const [result] = await db.owner`
    select report from launch.job_results where workspace_id = ${workspace.id} order by due_at desc limit 1`;
  expect(result?.report).toMatchObject({ patterns: 1, alerts: 1, blocked: 0 });
});

test("THR-22 the same function does so under Deno, started as the stack starts it", async () => {
  await farm();
  const folder = mkdtempSync(join(tmpdir(), "gantry-functions-"));
  const port = await freePort();
  const functions = await startFunctions({
    port,
    root: process.cwd(),
    env: { DATABASE_URL: db.serviceUrl },
    cronSecret: "cron",
    logDir: folder,
    cacheDir: join(folder, "deno"),
    watch: false,
    only: ["threat-shield"],
    report: () => undefined,
  });
  try {
    const response = await fetch(`http://127.0.0.1:${port}/functions/v1/threat-shield`, {
      method: "POST",
      headers: { "x-gantry-job-secret": jobSecret("cron", "threat-shield") },
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ claimed: true, failed: 0 });
    expect(await alertCount()).toBe(1);
  } finally {
    await functions.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
