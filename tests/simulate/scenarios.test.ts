import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Gate, startGate } from "#gate/server.ts";
import { type ServedRoutes, serveRoutes } from "#tests/http/serve-routes.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace } from "#tests/setup/people.ts";
import { createOutbound } from "../../supabase/functions/_shared/outbound.ts";
import { handle as loadGate } from "../../supabase/functions/load-gate/index.ts";
import { handle as regionKpis } from "../../supabase/functions/region-kpis/index.ts";
import { handle as regionRisk } from "../../supabase/functions/region-risk/index.ts";
import { handle as threatShield } from "../../supabase/functions/threat-shield/index.ts";

const SECRET = "starts every job here";
const MINUTE = 60_000;

let db: TestDatabase;
let gate: Gate;
let api: ServedRoutes;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  gate = await startGate("127.0.0.1", 0);
  api = await serveRoutes();
});
afterAll(async () => {
  await gate.stop();
  await api.close();
  await db.close();
});

function starter(body: object): Request {
  return new Request("http://functions.local/", {
    method: "POST",
    headers: { "x-gantry-job-secret": SECRET },
    body: JSON.stringify(body),
  });
}

async function measured(): Promise<number> {
  const [row] = await db.owner<{ n: number }[]>`select count(*)::int as n from launch.measurements`;
  return row?.n ?? 0;
}

/**
 * Stands where cron and pg_net stand: starts what was asked for by hand. Where `minutes` pass, one passes with each new measurement, and the
 * load gate runs in it.
 */
function runJobs(jobs: readonly string[], minutes: boolean) {
  const deps = { sql: db.service, now: () => performance.now(), jobSecret: SECRET };
  const outbound = createOutbound({ own: [] });
  const functions: Record<string, (request: Request) => Promise<Response>> = {
    "load-gate": (request) => loadGate(request, { ...deps, outbound }),
    "region-kpis": (request) => regionKpis(request, deps),
    "region-risk": (request) => regionRisk(request, deps),
    "threat-shield": (request) => threatShield(request, deps),
  };
  let stopped = false;
  let now = Math.floor(Date.now() / MINUTE) * MINUTE;
  let known = 0;
  const done = (async () => {
    while (!stopped) {
      const asked = await db.owner<{ id: string; job: string }[]>`
        select id, job from launch.job_runs where started_at is null and job = any (${jobs})`;
      for (const { id, job } of asked) await functions[job]?.(starter({ run_id: id }));
      if (minutes && (await measured()) > known) {
        known = await measured();
        now += MINUTE;
        await setClock(db, new Date(now).toISOString());
        await functions["load-gate"]?.(starter({}));
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  return async () => {
    stopped = true;
    await done;
    await setClock(db, null);
  };
}

async function play(scenario: string, jobs: readonly string[], more: string[] = [], minutes = false) {
  const workspace = await newWorkspace(db);
  const { key } = await newKey(db, workspace);
  const stop = runJobs(jobs, minutes);
  const url = `http://127.0.0.1:${gate.port}`;
  const args = ["simulate/main.ts", scenario, "--url", url, "--console-url", api.url, "--key", key];
  const child = spawn(process.execPath, [...args, "--activate", "--seed", "7", "--plain", ...more]);
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += stripVTControlCharacters(chunk);
    });
  }
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  await stop();
  return { code, text };
}

const THREATS = ["threat-shield"];
const REGIONS = ["region-kpis", "region-risk"];

test.each([
  ["SCN-01 the scenario device-farm", "device-farm", THREATS],
  ["SCN-02 the scenario creator-ring", "creator-ring", THREATS],
  ["SCN-03 the scenario chargebacks", "chargebacks", THREATS],
  ["SCN-04 the scenario safety-crisis", "safety-crisis", REGIONS],
])("%s finds every promise kept by the real functions", async (_, scenario, jobs) => {
  const { code, text } = await play(scenario, jobs);
  expect(text).toContain("kept");
  expect(text).not.toMatch(/BROKEN|untried/);
  expect(code).toBe(0);
});

test("SCN-05 the scenario overload finds a rise within its time, a fall without flapping, and an alert that ends", async () => {
  const { code, text } = await play("overload", [], [], true);
  expect(text).not.toMatch(/BROKEN|untried/);
  expect(text).toMatch(/rose once and did not flap: 0 → 3 → .*0\n/);
  expect(code).toBe(0);
});

test("SCN-06 control: a scenario whose jobs never run names the promise that was broken, and fails", async () => {
  const { code, text } = await play("safety-crisis", [], ["--patience", "3"]);
  expect(text).toContain("Broken: a safety crisis pauses the country by itself");
  expect(code).toBe(1);
});
