import { afterAll, beforeAll, expect, test } from "vitest";
import { type Fleet, startFleet } from "#tests/load/fleet.ts";
import { type Pause, violationsOf } from "#tests/load/history.ts";
import { type Job, monotonic } from "#tests/load/job.ts";
import { untilRefused, untilUsed } from "#tests/load/wait.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, newKey, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";
import { readBooks } from "./books.ts";

const PROCESSES = 4;
const CALLERS = 16;
/** GANTRY_OPERATIONS=500000 for a long run. */
const OPERATIONS = Number(process.env.GANTRY_OPERATIONS ?? 20_000);
const CAP = OPERATIONS / 2;
const PATIENCE = 60_000 + OPERATIONS;

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

async function open(cap: number): Promise<{ workspace: Workspace; job: Job; keyId: string }> {
  const workspace = await newWorkspace(db);
  const { key: apiKey, id: keyId } = await newKey(db, workspace);
  await openCountry(db, workspace, "PL", { phase: "public", user: cap });
  const check = { country: "PL", operation: "user", units: 1 } as const;
  return {
    workspace,
    keyId,
    job: {
      route: { kind: "engine" },
      apiKey,
      check,
      callers: CALLERS,
      keys: null,
      persist: false,
      brief: true,
    },
  };
}

/** Pauses the country five times while it fills up, for about a hundred refusals each. */
async function pauseWhileFilling(workspace: Workspace): Promise<Pause[]> {
  const act = (statement: "pause" | "resume") =>
    asPerson(db, workspace.owner, (sql) =>
      statement === "pause"
        ? sql`select launch.pause_country(${workspace.id}, 'PL', 'test')`
        : sql`select launch.resume_country(${workspace.id}, 'PL')`,
    );
  const pauses: Pause[] = [];
  for (let round = 1; round <= 5; round++) {
    await untilUsed(db, workspace.id, (CAP * round) / 6, PATIENCE);
    const calledAt = monotonic();
    await act("pause");
    const acknowledgedAt = monotonic();
    await untilRefused(db, workspace.id, 100);
    const resumeCalledAt = monotonic();
    await act("resume");
    pauses.push({ calledAt, acknowledgedAt, resumeCalledAt, resumedAt: monotonic() });
  }
  return pauses;
}

test(`RACE-11 ${OPERATIONS} checks from 4 processes with pauses in between are linearizable: every position once, in real-time order`, {
  timeout: 900_000,
}, async () => {
  const { workspace, job } = await open(CAP);
  const running = fleet.run(() => job);
  const pauses = await pauseWhileFilling(workspace);
  await untilUsed(db, workspace.id, CAP, PATIENCE);
  await untilRefused(db, workspace.id, OPERATIONS - CAP, PATIENCE);
  fleet.finish();
  const observations = (await running).flat();
  expect(observations.length).toBeGreaterThanOrEqual(OPERATIONS);
  expect(violationsOf({ observations, cap: CAP, pauses })).toEqual([]);
  const reasons = observations.map(({ outcome }) => (outcome.answered ? outcome.reason : outcome.code));
  expect(new Set(reasons)).toEqual(new Set(["granted", "paused", "cap_reached"]));
  expect(reasons.filter((reason) => reason === "granted")).toHaveLength(CAP);
  expect(await readBooks(db, workspace.id)).toMatchObject({ used: CAP, ledger: CAP, grants: CAP });
});

test.each(["read-then-increment", "read-then-write"] as const)(
  "RACE-12 control: the checker of RACE-11 catches a counter that does %s",
  { timeout: 120_000 },
  async (how) => {
    await db.owner.unsafe(`
      drop table if exists public.control;
      create table public.control (used int not null, cap int not null);
      insert into public.control values (0, 500);
      grant select, update on public.control to gantry_service;`);
    const { job } = await open(1);
    const observations = (
      await fleet.run(() => ({ ...job, route: { kind: "control", how }, keys: 1000 }))
    ).flat();
    expect(observations).toHaveLength(4000);
    expect(violationsOf({ observations, cap: 500 }).length).toBeGreaterThan(0);
  },
);

test("RACE-13 a key revoked under load is refused on the next request in every process", async () => {
  const { workspace, job, keyId } = await open(10_000_000);
  const running = fleet.run(() => job);
  await untilUsed(db, workspace.id, 500);
  await asPerson(
    db,
    workspace.owner,
    (sql) => sql`select app.revoke_api_key(${workspace.id}, ${keyId}, 'test')`,
  );
  const revokedAt = monotonic();
  const { used } = await readBooks(db, workspace.id);
  // A program that is told to stop first finishes what it has asked, so each asks at least once more.
  const once = await askOnceMore(running, job);
  const later = once.filter(({ startedAt }) => startedAt > revokedAt);
  expect(later.length).toBeGreaterThanOrEqual(PROCESSES);
  for (const { outcome } of later) expect(outcome).toEqual({ answered: false, code: "unauthenticated" });
  expect((await readBooks(db, workspace.id)).used).toBeLessThanOrEqual(used + CALLERS * PROCESSES);
});

async function askOnceMore(running: ReturnType<Fleet["run"]>, job: Job) {
  fleet.finish();
  const seen = (await running).flat();
  const after = await fleet.run(() => ({ ...job, keys: CALLERS }));
  expect(after.every((observations) => observations.length === CALLERS)).toBe(true);
  return [...seen, ...after.flat()];
}
