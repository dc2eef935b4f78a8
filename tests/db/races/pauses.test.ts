import { afterAll, beforeAll, expect, test } from "vitest";
import { type Fleet, startFleet } from "#tests/load/fleet.ts";
import { type Pause, violationsOf } from "#tests/load/history.ts";
import { type Job, monotonic } from "#tests/load/job.ts";
import { untilRefused, untilUsed } from "#tests/load/wait.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, newKey, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";
import { readBooks, readDeadlocks } from "./books.ts";

const PROCESSES = 4;
const ROUNDS = 5;
const CAP = 1_000_000;

let db: TestDatabase;
let fleet: Fleet;

beforeAll(async () => {
  db = await testDatabase();
  fleet = await startFleet(PROCESSES, db.serviceUrl);
});
afterAll(async () => {
  await fleet.close();
  await db.close();
});

function pause(workspace: Workspace): Promise<unknown> {
  return asPerson(
    db,
    workspace.owner,
    (sql) => sql`select launch.pause_country(${workspace.id}, 'PL', 'test')`,
  );
}

function resume(workspace: Workspace): Promise<unknown> {
  return asPerson(db, workspace.owner, (sql) => sql`select launch.resume_country(${workspace.id}, 'PL')`);
}

test("RACE-06 under 64 callers a pause is acknowledged at once and not one check is granted after it", {
  timeout: 120_000,
}, async () => {
  const workspace = await newWorkspace(db);
  const { key: apiKey } = await newKey(db, workspace);
  await openCountry(db, workspace, "PL", { phase: "public", user: CAP });
  const job: Job = {
    route: { kind: "engine" },
    apiKey,
    check: { country: "PL", operation: "user", units: 1 },
    callers: 16,
    keys: null,
    persist: false,
  };
  const running = fleet.run(() => job);
  const pauses: Pause[] = [];
  const idle: number[] = [];
  let used = 0;
  for (let round = 0; round < ROUNDS; round++) {
    await untilUsed(db, workspace.id, used + 500);
    const idleAt = monotonic();
    await asPerson(db, workspace.owner, (sql) => sql`select 1`);
    const calledAt = monotonic();
    idle.push(calledAt - idleAt);
    await pause(workspace);
    const acknowledgedAt = monotonic();
    used = (await readBooks(db, workspace.id)).used;
    await untilRefused(db, workspace.id, 500);
    expect((await readBooks(db, workspace.id)).used).toBe(used);
    const resumeCalledAt = monotonic();
    await resume(workspace);
    pauses.push({ calledAt, acknowledgedAt, resumeCalledAt, resumedAt: monotonic() });
  }
  fleet.finish();
  const observations = (await running).flat();
  expect(violationsOf({ observations, cap: CAP, pauses })).toEqual([]);
  const reasons = new Set(
    observations.map(({ outcome }) => (outcome.answered ? outcome.reason : outcome.code)),
  );
  expect(reasons).toEqual(new Set(["granted", "paused"]));
  const waits = pauses.map(({ calledAt, acknowledgedAt }) => acknowledgedAt - calledAt);
  const told = `acknowledged after ${waits.map(Math.round).join(", ")} ms; a transaction that asks nothing took ${idle.map(Math.round).join(", ")} ms`;
  expect(median(waits), told).toBeLessThan(50 + 5 * median(idle));
  expect(Math.max(...waits), told).toBeLessThan(2000);
  expect(await readDeadlocks(db)).toBe(0);
});

function median(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}
