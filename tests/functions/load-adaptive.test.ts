import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, newWorkspace, type Workspace } from "#tests/setup/people.ts";
import { NOON, newPlay, type Play } from "./load-play.ts";

const WEEK_MS = 7 * 86_400_000;
const MONDAY_NOON = 12;

let db: TestDatabase;
let workspace: Workspace;
let play: Play;

beforeAll(async () => {
  db = await testDatabase();
  // Partitions of the weeks that are learned from.
  for (let week = 9; week >= 0; week -= 1) {
    await setClock(db, new Date(Date.parse(NOON) - week * WEEK_MS).toISOString());
  }
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.owner`truncate launch.throttles`;
  workspace = await newWorkspace(db);
  play = await newPlay(db, workspace);
});

/** Records values of an hour, one a minute, some weeks before noon and some minutes after the hour's beginning. */
const record = (weeksAgo: number, values: number[], fromMinute = 0) =>
  db.owner`insert into launch.measurements (workspace_id, name, measured_at, received_at, value)
    select ${workspace.id}, 'webrtc_sessions', at, at, value
    from (select ${NOON}::timestamptz - ${weeksAgo} * interval '7 days' + (${fromMinute} + n - 1) * interval '1 minute' as at, value
      from unnest(${values}::double precision[]) with ordinality as v (value, n)) x`;

interface Learning {
  kind?: "static" | "adaptive";
  factor?: number;
  floor?: number | null;
  ceiling?: number | null;
  drift?: number;
  samples?: number;
}

async function learn(learning: Learning = {}): Promise<void> {
  const { kind = "static", factor = 6, floor = null, ceiling = null, drift = 0.1, samples = 6 } = learning;
  await asPerson(
    db,
    workspace.owner,
    (
      sql,
    ) => sql`select launch.set_limit(${workspace.id}, 'webrtc_sessions', 'reported', ${kind}, 10000, true, null, null, ${factor},
      ${floor}::double precision, ${ceiling}::double precision, ${drift}, ${samples}, null,
      (select version from launch.limits where workspace_id = ${workspace.id} and name = 'webrtc_sessions'))`,
  );
}

async function learned() {
  const [row] = await db.owner`select hour_of_week, value, median, mad, samples from launch.adaptive_limits
    where workspace_id = ${workspace.id} and name = 'webrtc_sessions' and hour_of_week = ${MONDAY_NOON}`;
  return row;
}

async function adaptiveLimit(): Promise<number | null | undefined> {
  const [row] = await db.owner<
    { adaptive_limit: number | null }[]
  >`select adaptive_limit from launch.limit_states
    where workspace_id = ${workspace.id} and name = 'webrtc_sessions'`;
  return row?.adaptive_limit;
}

describe("what an adaptive limit learns", () => {
  test("LOAD-14 is the median of the same hour of earlier weeks and k times their MAD, as reckoned by hand", async () => {
    await learn();
    await record(1, [100, 110, 120]);
    await record(8, [90, 100, 130]);
    await record(9, [9000]); // older than eight weeks
    await record(1, [9000], 60); // the hour after
    await record(1, [9000], -1); // the hour before
    await play.next();
    // 90 100 100 110 120 130: median 105; deviations 15 5 5 5 15 25: median 10; 105 + 6 · 10.
    expect(await learned()).toEqual({
      hour_of_week: MONDAY_NOON,
      value: 165,
      median: 105,
      mad: 10,
      samples: 6,
    });
    expect(await adaptiveLimit()).toBe(165);
  });

  test("LOAD-14 stays between floor and ceiling, and is nothing below the smallest number of samples", async () => {
    await record(1, [100, 110, 120, 90, 100, 130]);
    await learn({ ceiling: 150 });
    await play.next();
    expect(await adaptiveLimit()).toBe(150);
    await learn({ floor: 200 });
    await play.next();
    expect(await adaptiveLimit()).toBe(200);
    await learn({ factor: 2 });
    await play.next();
    expect(await adaptiveLimit()).toBe(125);
    await learn({ samples: 7 });
    await play.next();
    expect(await adaptiveLimit()).toBeNull();
    expect(await learned()).toMatchObject({ samples: 6, value: null });
  });

  test("LOAD-15 moves from what was learned for the hour of the week before by no more than the daily drift", async () => {
    await learn({ drift: 0.02 });
    await record(1, [100, 110, 120]);
    await record(2, [90, 100, 130]);
    await play.next();
    expect(await adaptiveLimit()).toBe(165);
    // A week later ten times as much: seven days of 2 % from 165 are 188.1.
    await record(
      0,
      Array.from({ length: 30 }, () => 1650),
    );
    await setClock(db, new Date(Date.parse(NOON) + WEEK_MS).toISOString());
    await play.at(7 * 1440);
    await play.run();
    expect(await adaptiveLimit()).toBeCloseTo(188.1, 9);
  });

  test("LOAD-15 is frozen while the level is 2 or a critical alert is open", async () => {
    await learn();
    await record(1, [100, 110, 120, 90, 100, 130]);
    await db.owner`select private.raise_alert(${workspace.id}, 'threat', 'threat:drill', 'critical', 'A drill')`;
    await play.next();
    expect(await adaptiveLimit()).toBeNull();
    await play.next("payments_per_minute", 100);
    await db.owner`select private.settle_alert(${workspace.id}, a.fingerprint)
      from launch.alerts a where a.workspace_id = ${workspace.id}`;
    expect(await play.level()).toBe(2);
    await play.next("payments_per_minute", 1);
    expect(await adaptiveLimit()).toBeNull();
    for (let minute = 0; minute < 3; minute += 1) await play.next("payments_per_minute", 1);
    expect(await play.level()).toBe(0);
    expect(await adaptiveLimit()).toBe(165);
  });
});

describe("an adaptive limit in shadow", () => {
  async function fired() {
    const [row] = await db.owner`
      select count(*) filter (where static_fired)::int as static, count(*) filter (where adaptive_fired)::int as adaptive
      from launch.load_evaluations where workspace_id = ${workspace.id} and name = 'webrtc_sessions'`;
    return row;
  }

  test("LOAD-16 does nothing until it is switched on, and its firings are counted beside those of the static limit", async () => {
    await learn();
    await record(1, [100, 110, 120, 90, 100, 130]);
    for (const value of [100, 165, 20, 20, 20, 165, 20, 20, 20, 8000])
      await play.next("webrtc_sessions", value);
    expect(await fired()).toEqual({ static: 1, adaptive: 3 });
    expect(await play.audit()).toEqual(["throttle.raised 0→1"]);
  });

  test("LOAD-16 acts once it is switched on, and the static limit acts while nothing has been learned", async () => {
    await learn({ kind: "adaptive", samples: 100 });
    await record(1, [100, 110, 120, 90, 100, 130]);
    expect(await play.next("webrtc_sessions", 215)).toBe(0);
    expect(await play.next("webrtc_sessions", 8000)).toBe(1);
    for (let minute = 0; minute < 3; minute += 1) await play.next("webrtc_sessions", 100);
    expect(await play.level()).toBe(0);
    await learn({ kind: "adaptive" });
    expect(await play.next("webrtc_sessions", 215)).toBe(3);
    const [alert] = await db.owner`select title, evidence ->> 'kind' as kind from launch.alerts
      where workspace_id = ${workspace.id} and status = 'open'`;
    expect(alert).toEqual({ title: "webrtc_sessions is at 130 % of its limit", kind: "adaptive" });
  });
});
