import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, check, newKey, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";
import { newPlay, type Play } from "./load-play.ts";

let db: TestDatabase;
let workspace: Workspace;
let play: Play;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  workspace = await newWorkspace(db);
  play = await newPlay(db, workspace);
});

const act = (statement: string) =>
  asPerson(db, workspace.owner, (sql) => sql.unsafe(`select ${statement}`).then(() => undefined));

const limits = [
  ["webrtc_sessions", [7999, 8000, 9999, 10_000, 12_999, 13_000]],
  ["payments_per_minute", [79, 80, 99, 100, 129, 130]],
  ["safety_tickets_per_5_minutes", [399, 400, 499, 500, 649, 650]],
  ["database_write_saturation", [0.6399, 0.64, 0.7999, 0.8, 1.0399, 1.04]],
] as const;

describe("levels", () => {
  test("LOAD-01 a workspace begins with the five limits of load, one of them without a value", async () => {
    const rows = await db.owner`
      select name, value, kind, source, enabled from launch.limits where workspace_id = ${workspace.id} order by name`;
    const common = { kind: "static", source: "reported", enabled: true };
    expect([...rows]).toEqual([
      { name: "database_write_saturation", value: 0.8, ...common },
      { name: "function_invocations_per_second", value: null, ...common },
      { name: "payments_per_minute", value: 100, ...common },
      { name: "safety_tickets_per_5_minutes", value: 500, ...common },
      { name: "webrtc_sessions", value: 10_000, ...common },
    ]);
  });

  test.each(limits)(
    "LOAD-02 %s gives its level at 80, 100 and 130 % and not one below",
    async (name, values) => {
      const reached: number[] = [];
      for (const value of values) reached.push(await play.next(name, value));
      expect(reached).toEqual([0, 1, 1, 2, 2, 3]);
    },
  );

  test("LOAD-02 a measurement without a limit gives no level, and one that gets a limit does", async () => {
    expect(await play.next("function_invocations_per_second", 1e9)).toBe(0);
    expect(await play.alerts()).toEqual([]);
    await act(`launch.set_limit('${workspace.id}', 'function_invocations_per_second', 'reported', 'static', 50, true, null, null,
      6, null, null, 0.1, 180, null, 1)`);
    expect(await play.next("function_invocations_per_second", 50)).toBe(2);
  });

  test("LOAD-03 a level is left after three evaluations in a row below 80 % of its entry, and not before", async () => {
    expect(await play.next("webrtc_sessions", 13_000)).toBe(3);
    const seen: number[] = [];
    // Level 3 is left below 10,400, level 2 below 8,000, level 1 below 6,400.
    for (const value of [10_399, 10_399, 10_400, 10_399, 10_399, 10_399])
      seen.push(await play.next("webrtc_sessions", value));
    expect(seen).toEqual([3, 3, 3, 3, 3, 2]);
    for (const value of [8000, 8000, 8000, 7999, 7999, 7999])
      seen.push(await play.next("webrtc_sessions", value));
    expect(seen.slice(6)).toEqual([2, 2, 2, 2, 2, 1]);
    for (const value of [6400, 6400, 6400, 6399, 6399, 6399])
      seen.push(await play.next("webrtc_sessions", value));
    expect(seen.slice(12)).toEqual([1, 1, 1, 1, 1, 0]);
  });

  test("LOAD-03 two evaluations of one minute count once towards leaving a level", async () => {
    await play.next("webrtc_sessions", 10_000);
    await play.at(2);
    await play.report("webrtc_sessions", 1);
    const evaluate = () => db.service`select launch.evaluate_load(${workspace.id})`;
    for (let again = 0; again < 5; again += 1) await evaluate();
    expect(await play.level()).toBe(2);
    await play.next("webrtc_sessions", 1);
    expect(await play.level()).toBe(2);
    expect(await play.next("webrtc_sessions", 1)).toBe(0);
  });

  test("LOAD-04 overload to recovery takes one way up and one way down, however the value swings around an entry", async () => {
    const swing = Array.from({ length: 30 }, (_, minute) => (minute % 2 === 0 ? 10_050 : 9950));
    const recovery = [9000, 8200, 7600, 7000, 6000, 5000, 4000];
    for (const value of [5000, 8500, ...swing, ...recovery]) await play.next("webrtc_sessions", value);
    expect(await play.audit()).toEqual([
      "throttle.raised 0→1",
      "throttle.raised 1→2",
      "throttle.lowered 2→1",
      "throttle.lowered 1→0",
    ]);
    expect(await play.alerts()).toEqual(["load:webrtc_sessions critical resolved"]);
  });

  test("LOAD-04 a value that swings across a level's exit and entry changes the level at most once in three minutes", async () => {
    const changes: number[] = [];
    let was = 0;
    for (let minute = 1; minute <= 60; minute += 1) {
      const level = await play.next("webrtc_sessions", minute % 4 === 0 ? 10_000 : 7000);
      if (level !== was) changes.push(minute);
      was = level;
    }
    const gaps = changes.slice(1).map((minute, index) => minute - (changes[index] ?? 0));
    expect(changes.length).toBeGreaterThan(1);
    // Up is at once; every way down took three calm minutes first.
    expect(Math.min(...gaps.filter((_, index) => index % 2 === 0))).toBeGreaterThanOrEqual(3);
  });

  test("LOAD-05 the next cap check after the evaluation yields: creators and users at 2, payments at 3", async () => {
    const key = await newKey(db, workspace);
    await openCountry(db, workspace, "PL");
    const answers = async () =>
      (
        await Promise.all(
          (["user", "creator", "payment"] as const).map((operation) => check(db, key, { operation })),
        )
      ).map(({ reason }) => reason);
    await play.next("payments_per_minute", 99);
    expect(await answers()).toEqual(["granted", "granted", "granted"]);
    await play.next("payments_per_minute", 100);
    expect(await answers()).toEqual(["throttled", "throttled", "granted"]);
    await play.next("payments_per_minute", 130);
    expect(await answers()).toEqual(["throttled", "throttled", "throttled"]);
  });

  test("LOAD-06 the level is that of the highest limit, and the audit trail says which and how far", async () => {
    await play.at(1);
    await play.report("webrtc_sessions", 8000);
    await play.report("payments_per_minute", 104);
    await play.run();
    const [entry] = await db.owner`
      select actor_kind, severity, reason from app.audit_entries where workspace_id = ${workspace.id} and action = 'throttle.raised'`;
    expect(entry).toEqual({
      actor_kind: "engine",
      severity: "critical",
      reason: "payments_per_minute is at 104 % of its limit.",
    });
    expect(await play.alerts()).toEqual([
      "load:payments_per_minute critical open",
      "load:webrtc_sessions warning open",
    ]);
  });
});
