import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Functions, jobSecret, startFunctions } from "#stack/functions.ts";
import { freePort } from "#stack/ports.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newWorkspace, type Workspace } from "#tests/setup/people.ts";
import { newPlay, type Play } from "./load-play.ts";

const CRON_SECRET = "from which each job's own is derived";

let db: TestDatabase;
let workspace: Workspace;
let play: Play;
let functions: Functions;
let dir: string;
let port: number;

beforeAll(async () => {
  db = await testDatabase();
  workspace = await newWorkspace(db);
  play = await newPlay(db, workspace);
  dir = await mkdtemp(join(tmpdir(), "gantry-load-gate-"));
  port = await freePort();
  functions = await startFunctions({
    port,
    root: resolve(import.meta.dirname, "../.."),
    env: {
      PATH: process.env.PATH ?? "",
      SUPABASE_DB_URL: db.serviceUrl,
      GANTRY_SITE_URL: "https://gantry.example",
    },
    cronSecret: CRON_SECRET,
    logDir: dir,
    cacheDir: join(dir, "deno"),
    watch: false,
    report: () => undefined,
    only: ["load-gate"],
  });
}, 60_000);
afterAll(async () => {
  await functions.stop();
  await db.close();
  await rm(dir, { recursive: true, force: true });
});

test("LOAD-21 the function under Deno evaluates, and only for whoever shows its own secret", async () => {
  await play.at(1);
  await play.report("webrtc_sessions", 13_000);
  const start = (secret: string) =>
    fetch(`http://127.0.0.1:${port}/functions/v1/load-gate`, {
      method: "POST",
      headers: { "x-gantry-job-secret": secret },
    });
  expect((await start(jobSecret(CRON_SECRET, "outbox"))).status).toBe(401);
  expect(await play.level()).toBe(0);
  expect(await (await start(jobSecret(CRON_SECRET, "load-gate"))).json()).toMatchObject({
    claimed: true,
    done: 1,
    failed: 0,
  });
  expect(await play.level()).toBe(3);
});
