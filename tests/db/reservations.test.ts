import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  check,
  newKey,
  newWorkspace,
  openCountry,
  settle,
  type TestKey,
  type Workspace,
} from "#tests/setup/people.ts";

const NOON = "2026-06-01T10:00:00.000Z";
const MIDNIGHT = "2026-06-01T22:00:00.000Z";

let db: TestDatabase;
let w: Workspace;
let key: TestKey;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  // What an earlier test left held is not this one's to see expire.
  await db.owner`update launch.reservations set state = 'released', settled_at = now() where state = 'held'`;
  await setClock(db, NOON);
  w = await newWorkspace(db);
  key = await newKey(db, w);
  await openCountry(db, w, "PL", { user: 10, payment: 10, amount: { minor: 1000, currency: "EUR" } });
});

const later = (seconds: number, from = NOON) => new Date(Date.parse(from) + seconds * 1000).toISOString();

async function counter(operation = "user") {
  const [row] = await db.owner`
    select used, held, amount_used::int as amount from launch.counters where workspace_id = ${w.id} and operation = ${operation}`;
  return row;
}

async function yesterday() {
  const [row] = await db.owner`
    select used, held from launch.counter_days where workspace_id = ${w.id} and operation = 'user' and day_on = '2026-06-01'`;
  return row;
}

const hold = (seconds = 60, units = 4) => check(db, key, { units, hold_seconds: seconds });
const endLeases = async () => {
  const [row] = await db.service`select launch.expire_reservations() as ended`;
  return row?.ended;
};

describe("a reservation", () => {
  test("RSV-01 holds its units until the lease ends, and says when", async () => {
    expect(await hold(90)).toMatchObject({
      allowed: true,
      remaining: 6,
      hold_expires_at: new Date(later(90)),
    });
    expect(await counter()).toEqual({ used: 4, held: 4, amount: 0 });
    expect(await hold(90, 7)).toMatchObject({ allowed: false, hold_expires_at: null });
    const [held] =
      await db.owner`select count(*)::int as n from launch.reservations where workspace_id = ${w.id}`;
    expect(held).toEqual({ n: 1 });
  });

  test("RSV-02 committed keeps its units, however often the commit is repeated", async () => {
    const { id } = await hold();
    const answers = await Promise.all(Array.from({ length: 10 }, () => settle(db, key, id, "commit")));
    const settled = { problem: null, state: "committed", settled_at: new Date(NOON) };
    expect(answers).toEqual(Array.from({ length: 10 }, () => settled));
    expect(await counter()).toMatchObject({ used: 4, held: 0 });
    expect(await settle(db, key, id, "release")).toMatchObject({ problem: "conflict", state: "committed" });
    expect(await counter()).toMatchObject({ used: 4, held: 0 });
  });

  test("RSV-03 released ten times gives its units back once", async () => {
    const { id } = await hold();
    await check(db, key, { units: 3 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => settle(db, key, id, "release")));
    expect(answers.every(({ problem, state }) => problem === null && state === "released")).toBe(true);
    expect(await counter()).toMatchObject({ used: 3, held: 0 });
    expect(await settle(db, key, id, "commit")).toMatchObject({ problem: "conflict", state: "released" });
  });

  test("RSV-03 released gives its amount back too", async () => {
    const payment = {
      operation: "payment",
      amount: { minor: 700, currency: "EUR" },
      hold_seconds: 60,
    } as const;
    const { id } = await check(db, key, payment);
    expect(await counter("payment")).toEqual({ used: 1, held: 1, amount: 700 });
    expect(await check(db, key, payment)).toMatchObject({ reason: "amount_cap_reached" });
    await settle(db, key, id, "release");
    expect(await counter("payment")).toEqual({ used: 0, held: 0, amount: 0 });
    expect(await check(db, key, payment)).toMatchObject({ allowed: true });
  });

  test("RSV-04 whose lease has ended is returned by the job, once, and not a moment earlier", async () => {
    const { id } = await hold(60);
    await setClock(db, later(59.999));
    expect(await endLeases()).toBe(0);
    await setClock(db, later(60));
    const ended = await Promise.all([endLeases(), endLeases()]);
    expect(ended.toSorted()).toEqual([0, 1]);
    expect(await counter()).toMatchObject({ used: 0, held: 0 });
    const [row] = await db.owner`select state, settled_at from launch.reservations where receipt_id = ${id}`;
    expect(row).toEqual({ state: "expired", settled_at: new Date(later(60)) });
    expect(await settle(db, key, id, "release")).toMatchObject({ problem: null, state: "expired" });
  });

  test("RSV-05 committed after its lease's end fails and gives its units back, job or no job", async () => {
    const [byCommit, byJob] = [(await hold(60)).id, (await hold(60)).id];
    await setClock(db, later(60));
    expect(await settle(db, key, byCommit, "commit")).toMatchObject({
      problem: "conflict",
      state: "expired",
    });
    expect(await counter()).toMatchObject({ used: 4, held: 4 });
    expect(await endLeases()).toBe(1);
    expect(await settle(db, key, byJob, "commit")).toMatchObject({ problem: "conflict", state: "expired" });
    expect(await counter()).toMatchObject({ used: 0, held: 0 });
    expect(await settle(db, key, byCommit, "commit")).toMatchObject({
      problem: "conflict",
      state: "expired",
    });
    expect(await counter()).toMatchObject({ used: 0, held: 0 });
  });

  test("RSV-06 released after midnight goes back to the day it came from, whether that day was closed or not", async () => {
    await setClock(db, later(-60, MIDNIGHT));
    const [early, late, kept] = [(await hold(600, 2)).id, (await hold(600, 3)).id, (await hold(600, 4)).id];
    await setClock(db, later(60, MIDNIGHT));
    await settle(db, key, early, "release");
    expect(await counter()).toMatchObject({ used: 7, held: 7 });
    expect(await hold(600, 10)).toMatchObject({ allowed: true, remaining: 0 });
    expect(await yesterday()).toEqual({ used: 7, held: 7 });
    await settle(db, key, late, "release");
    await settle(db, key, kept, "commit");
    expect(await yesterday()).toEqual({ used: 4, held: 0 });
    expect(await counter()).toMatchObject({ used: 10, held: 10 });
  });

  test("RSV-06 whose lease ends after midnight is returned to the day it came from", async () => {
    await setClock(db, later(-60, MIDNIGHT));
    await hold(120, 5);
    await setClock(db, later(60, MIDNIGHT));
    await check(db, key, { units: 1 });
    expect(await endLeases()).toBe(1);
    expect(await yesterday()).toEqual({ used: 0, held: 0 });
    expect(await counter()).toMatchObject({ used: 1, held: 0 });
  });

  test("RSV-07 belongs to its workspace, and only what was reserved can be settled", async () => {
    const { id } = await hold();
    const stranger = await newKey(db, await newWorkspace(db));
    expect(await settle(db, stranger, id, "release")).toMatchObject({ problem: "not_found" });
    expect(await settle(db, key, randomUUID(), "release")).toMatchObject({ problem: "not_found" });
    const plain = await check(db, key);
    expect(await settle(db, key, plain.id, "commit")).toMatchObject({ problem: "not_reserved" });
    const blind = await newKey(db, w, ["flags.read"]);
    expect(await settle(db, blind, id, "release")).toMatchObject({ problem: "forbidden" });
    const nobody = { ...key, hash: Buffer.alloc(32) };
    expect(await settle(db, nobody, id, "release")).toMatchObject({ problem: "unauthenticated" });
    expect(await counter()).toMatchObject({ used: 5, held: 4 });
  });

  test("RSV-08 can be settled while its country is paused", async () => {
    const [a, b] = [(await hold()).id, (await hold()).id];
    await asPerson(db, w.owner, (sql) => sql`select launch.pause_country(${w.id}, 'PL', 'drill')`);
    expect(await settle(db, key, a, "commit")).toMatchObject({ state: "committed" });
    expect(await settle(db, key, b, "release")).toMatchObject({ state: "released" });
    expect(await counter()).toMatchObject({ used: 4, held: 0 });
  });

  test("RSV-09 many in one call are each settled once, in order", async () => {
    const [a, b] = [(await hold(60, 2)).id, (await hold(60, 2)).id];
    const answers = await db.service`
      select problem, state from launch.settle_reservations(array[${key.hash}::bytea], array[1, 1, 1, 1],
        ${[a, b, a, b]}::uuid[], ${["release", "commit", "commit", "release"]}::text[])`;
    expect(answers).toEqual([
      { problem: null, state: "released" },
      { problem: null, state: "committed" },
      { problem: "conflict", state: "released" },
      { problem: "conflict", state: "committed" },
    ]);
    expect(await counter()).toMatchObject({ used: 2, held: 0 });
  });
});
