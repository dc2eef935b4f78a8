import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CrashServer, startCrashServer } from "#tests/load/crash-server.ts";
import { type Fleet, startFleet } from "#tests/load/fleet.ts";
import { startGateProcess } from "#tests/load/gate-process.ts";
import type { Job, Observation } from "#tests/load/job.ts";
import { shortfallOf } from "#tests/load/ledger.ts";
import { untilUsed } from "#tests/load/wait.ts";
import { newKey, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";

/** GANTRY_KILLS=22 for a long run. */
const KILLS = Number(process.env.GANTRY_KILLS ?? 3);
const SPOTLESS = { lost: 0, overAdmitted: 0, unbalanced: 0, changed: 0 };
/** A long run has the machine to itself; beside other tests a start takes what they leave. */
const BACK_WITHIN = process.env.GANTRY_KILLS === undefined ? 60_000 : 5000;
/** A question gives up on the database after four seconds. */
const ANSWERED_WITHIN = 8000;

let server: CrashServer;
let fleet: Fleet;

beforeAll(async () => {
  server = await startCrashServer();
  fleet = await startFleet(2, server.db.serviceUrl);
});
afterAll(async () => {
  await fleet.close();
  await server.db.close();
});

async function open(cap: number): Promise<{ workspace: Workspace; job: Job }> {
  const workspace = await newWorkspace(server.db);
  const { key: apiKey } = await newKey(server.db, workspace);
  await openCountry(server.db, workspace, "PL", { phase: "public", user: cap });
  const check = { country: "PL", operation: "user", units: 1 } as const;
  return {
    workspace,
    job: { route: { kind: "engine" }, apiKey, check, callers: 32, keys: null, persist: true },
  };
}

test(`CRASH-01 kill -9 of Postgres under load, ${KILLS} times: no answer is lost or changed, no unit is granted twice or beyond the cap`, {
  timeout: 120_000 + KILLS * 40_000,
}, async () => {
  const cap = KILLS * 1500;
  const { workspace, job } = await open(cap);
  const back: number[] = [];
  const running = fleet.run(() => job);
  for (let kill = 1; kill <= KILLS; kill++) {
    // The last kill comes when the day is nearly full, so that the cap itself is crossed by retries.
    await untilUsed(server.db, workspace.id, kill === KILLS ? cap - 200 : kill * 1000);
    await server.kill();
    back.push(await server.restart());
  }
  await untilUsed(server.db, workspace.id, cap);
  fleet.finish();
  const observations = (await running).flat();
  await expectPromisesKept(workspace, job, observations);
  expect(Math.min(...back), `back after ${back.map(Math.round).join(", ")} ms`).toBeLessThan(BACK_WITHIN);
  const problems = new Set(observations.flatMap((observation) => observation.problems));
  expect(problems).toEqual(new Set(["unavailable"]));
});

/** Every question was answered in the end, the ledger agrees, and each key asked again gives its answer again. */
async function expectPromisesKept(
  workspace: Workspace,
  job: Job,
  observations: Observation[],
): Promise<void> {
  const unanswered = observations.filter(({ outcome }) => !outcome.answered);
  expect(unanswered).toEqual([]);
  expect(await shortfallOf(server.db, workspace.id, observations)).toEqual(SPOTLESS);
  const keys = observations.map(({ key }) => key);
  const replays = (
    await fleet.run((place) => ({ ...job, keys: keys.filter((_, at) => at % 2 === place) }))
  ).flat();
  expect(replays).toHaveLength(observations.length);
  expect(await shortfallOf(server.db, workspace.id, [...observations, ...replays])).toEqual(SPOTLESS);
}

test("CRASH-04 with Postgres gone the gate answers 503 with Retry-After in time, and is back by itself when Postgres is", {
  timeout: 120_000,
}, async () => {
  const { job } = await open(1000);
  const gate = await startGateProcess(server.db.serviceUrl);
  try {
    const ask = () => request(gate.origin, job.apiKey);
    expect((await ask()).status).toBe(200);
    await server.kill();
    for (let asked = 0; asked < 10; asked++) {
      const from = performance.now();
      const response = await ask();
      expect(response.status).toBe(503);
      expect(performance.now() - from).toBeLessThan(ANSWERED_WITHIN);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(response.headers.get("retry-after")).toMatch(/^[0-9]+$/);
      expect(await response.json()).toMatchObject({
        code: "unavailable",
        type: "urn:gantry:problem:unavailable",
      });
    }
    await server.restart();
    const from = performance.now();
    while ((await ask()).status !== 200) expect(performance.now() - from).toBeLessThan(BACK_WITHIN);
  } finally {
    await gate.stop();
  }
});

function request(origin: string, apiKey: string): Promise<Response> {
  return fetch(`${origin}/api/v1/cap-checks`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${apiKey}`,
      "content-type": "application/json",
      "idempotency-key": randomUUID(),
    },
    body: JSON.stringify({ country: "PL", operation: "user" }),
  });
}
