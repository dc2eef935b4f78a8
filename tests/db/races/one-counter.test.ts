import { afterAll, beforeAll, expect, test } from "vitest";
import { type Fleet, startFleet } from "#tests/load/fleet.ts";
import { violationsOf } from "#tests/load/history.ts";
import type { Job, Observation } from "#tests/load/job.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, openCountry } from "#tests/setup/people.ts";
import { readBooks, readDeadlocks } from "./books.ts";

const PROCESSES = 4;

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

async function open(cap: number): Promise<{ workspaceId: string; job: Job; secondKey: string }> {
  const workspace = await newWorkspace(db);
  const { key: apiKey } = await newKey(db, workspace);
  const { key: secondKey } = await newKey(db, workspace);
  for (const code of ["PL", "CZ"]) await openCountry(db, workspace, code, { phase: "public", user: cap });
  const job: Job = {
    route: { kind: "engine" },
    apiKey,
    check: { country: "PL", operation: "user", units: 1 },
    callers: 1,
    keys: 1,
    persist: false,
  };
  return { workspaceId: workspace.id, job, secondKey };
}

function codesOf(observations: Observation[]): string[] {
  return observations.map(({ outcome }) => (outcome.answered ? outcome.reason : outcome.code));
}

function bodiesOf(observations: Observation[]): Set<string> {
  return new Set(observations.map(({ outcome }) => (outcome.answered ? outcome.body : outcome.code)));
}

test.each(Array.from({ length: 10 }, (_, run) => run + 1))(
  "RACE-01 20,000 concurrent checks of a cap of 1,000 from 4 processes grant exactly 1,000 (run %i)",
  { timeout: 60_000 },
  async () => {
    const { workspaceId, job } = await open(1000);
    const observations = (await fleet.run(() => ({ ...job, callers: 5000, keys: 5000 }))).flat();
    expect(codesOf(observations).filter((code) => code === "granted")).toHaveLength(1000);
    expect(codesOf(observations).filter((code) => code === "cap_reached")).toHaveLength(19_000);
    expect(await readBooks(db, workspaceId)).toMatchObject({ used: 1000, ledger: 1000, grants: 1000 });
    expect(violationsOf({ observations, cap: 1000 })).toEqual([]);
  },
);

test("RACE-02 one key asked 100 times at once from 4 processes takes one unit and gets 100 equal answers", async () => {
  const { workspaceId, job } = await open(1000);
  const keys = Array.from({ length: 25 }, () => "sign-up 7");
  const observations = (await fleet.run(() => ({ ...job, callers: 25, keys }))).flat();
  expect(observations).toHaveLength(100);
  expect(codesOf(observations)).toEqual(keys.flatMap(() => Array(PROCESSES).fill("granted")));
  expect(bodiesOf(observations).size).toBe(1);
  expect(await readBooks(db, workspaceId)).toMatchObject({ used: 1, grants: 1 });
});

test("RACE-03 one key with two bodies at once makes one decision; the other body is told key_reused", async () => {
  const { workspaceId, job } = await open(1000);
  for (let round = 0; round < 20; round++) {
    const keys = Array.from({ length: 5 }, () => `payment ${round}`);
    const seen = await fleet.run((place) => ({
      ...job,
      callers: 5,
      keys,
      check: { ...job.check, country: place % 2 === 0 ? "PL" : "CZ" },
    }));
    const codes = seen.map((observations) => [...new Set(codesOf(observations))].join());
    expect(codes.toSorted()).toEqual(["granted", "granted", "key_reused", "key_reused"]);
    expect(bodiesOf(seen.flat()).size).toBe(2);
  }
  const [pl, cz] = [await readBooks(db, workspaceId), await readBooks(db, workspaceId, "CZ")];
  expect(pl.used + cz.used).toBe(20);
  expect(pl.grants + cz.grants).toBe(20);
});

test("RACE-04 two API keys of one workspace share its idempotency keys: one decision, one answer", async () => {
  const { workspaceId, job, secondKey } = await open(1000);
  const keys = Array.from({ length: 50 }, (_, index) => `shared ${index}`);
  const seen = await fleet.run((place) => ({
    ...job,
    apiKey: place % 2 === 0 ? job.apiKey : secondKey,
    callers: 50,
    keys,
  }));
  const observations = seen.flat();
  expect(new Set(codesOf(observations))).toEqual(new Set(["granted"]));
  expect(bodiesOf(observations).size).toBe(50);
  expect(await readBooks(db, workspaceId)).toMatchObject({ used: 50, grants: 50 });
});

test("RACE-05 keys reused with other bodies in opposite orders never deadlock: every caller is answered", async () => {
  const { job } = await open(100_000);
  for (let round = 0; round < 20; round++) {
    const keys = Array.from({ length: 300 }, (_, index) => `crossed ${round} ${index}`);
    const seen = await fleet.run((place) => ({
      ...job,
      callers: 300,
      keys: place % 2 === 0 ? keys : keys.toReversed(),
      check: { ...job.check, country: place % 2 === 0 ? "PL" : "CZ" },
    }));
    const codes = codesOf(seen.flat());
    expect(new Set(codes)).toEqual(new Set(["granted", "key_reused"]));
    expect(codes.filter((code) => code === "granted")).toHaveLength(600);
  }
  expect(await readDeadlocks(db)).toBe(0);
});
