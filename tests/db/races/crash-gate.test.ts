import { afterAll, beforeAll, expect, test } from "vitest";
import { type Fleet, startFleet } from "#tests/load/fleet.ts";
import { type GateProcess, startGateProcess } from "#tests/load/gate-process.ts";
import type { Job } from "#tests/load/job.ts";
import { shortfallOf } from "#tests/load/ledger.ts";
import { untilUsed } from "#tests/load/wait.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";
import { readBooks } from "./books.ts";

/** GANTRY_KILLS=20 for a long run. */
const KILLS = Number(process.env.GANTRY_KILLS ?? 3);
/** A long run has the machine to itself; beside other tests a start takes what they leave. */
const BACK_WITHIN = process.env.GANTRY_KILLS === undefined ? 60_000 : 3000;
const SPOTLESS = { lost: 0, overAdmitted: 0, unbalanced: 0, changed: 0 };

let db: TestDatabase;
let gate: GateProcess;
let fleet: Fleet;

beforeAll(async () => {
  db = await testDatabase({ clock: false });
  gate = await startGateProcess(db.serviceUrl);
  fleet = await startFleet(2, db.serviceUrl);
});
afterAll(async () => {
  await fleet.close();
  await gate.stop();
  await db.close();
});

async function open(cap: number): Promise<{ workspace: Workspace; job: Job }> {
  const workspace = await newWorkspace(db);
  const { key: apiKey } = await newKey(db, workspace);
  await openCountry(db, workspace, "PL", { phase: "public", user: cap });
  const check = { country: "PL", operation: "user", units: 1 } as const;
  const route = { kind: "http", origin: gate.origin } as const;
  return { workspace, job: { route, apiKey, check, callers: 16, keys: null, persist: true } };
}

test(`CRASH-03 kill -9 of the gate under load, ${KILLS} times: no answer is lost or changed, no unit is granted twice or beyond the cap`, {
  timeout: 120_000 + KILLS * 40_000,
}, async () => {
  const cap = KILLS * 700;
  const { workspace, job } = await open(cap);
  const back: number[] = [];
  const running = fleet.run(() => job);
  for (let kill = 1; kill <= KILLS; kill++) {
    await untilUsed(db, workspace.id, kill === KILLS ? cap - 100 : kill * 500);
    await gate.kill();
    back.push(await gate.restart());
  }
  await untilUsed(db, workspace.id, cap);
  fleet.finish();
  const observations = (await running).flat();
  expect(observations.filter(({ outcome }) => !outcome.answered)).toEqual([]);
  const keys = observations.map(({ key }) => key);
  const replays = await fleet.run((place) => ({ ...job, keys: keys.filter((_, at) => at % 2 === place) }));
  expect(await shortfallOf(db, workspace.id, [...observations, ...replays.flat()])).toEqual(SPOTLESS);
  expect(Math.min(...back), `back after ${back.map(Math.round).join(", ")} ms`).toBeLessThan(BACK_WITHIN);
  expect(new Set(observations.flatMap(({ problems }) => problems))).toEqual(new Set(["unreachable"]));
});

test("CRASH-05 SIGTERM under load: every check that the gate had taken on is answered, and it ends with code 0", {
  timeout: 120_000,
}, async () => {
  const { workspace, job } = await open(1_000_000);
  const running = fleet.run(() => job);
  await untilUsed(db, workspace.id, 300);
  expect(await gate.stop()).toBe(0);
  const { grants } = await readBooks(db, workspace.id);
  await gate.restart();
  fleet.finish();
  const observations = (await running).flat();
  const again = observations.filter(({ problems }) => problems.length > 0);
  // Whoever met a closed door had not been decided: what the gate had decided, it had answered.
  const firstTime = observations.length - again.length;
  expect(firstTime).toBeGreaterThanOrEqual(grants);
  expect(await shortfallOf(db, workspace.id, observations)).toEqual(SPOTLESS);
});
