import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, newWorkspace, type Workspace } from "#tests/setup/people.ts";
import { newPlay, type Play } from "./load-play.ts";

let db: TestDatabase;
let workspace: Workspace;
let play: Play;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.owner`truncate launch.throttles`;
  workspace = await newWorkspace(db);
  play = await newPlay(db, workspace);
});

const act = (statement: string) =>
  asPerson(db, workspace.owner, (sql) => sql.unsafe(`select ${statement}`).then(() => undefined));
const setFlag = (on: boolean) =>
  act(`app.set_flag('${workspace.id}', 'launch.autoThrottle', ${on}, 'drill')`);
const override = (level: number | null, minutes: number) =>
  act(
    `launch.override_throttle('${workspace.id}', ${level}, launch.now() + interval '${minutes} minutes', 'drill')`,
  );

async function inForce() {
  const [row] = await asPerson(
    db,
    workspace.owner,
    (sql) => sql<{ level: number }[]>`select level from launch.read_throttle(${workspace.id})`,
  );
  return row?.level;
}

describe("measurements that stop", () => {
  test("LOAD-07 after five minutes a measurement is stale: its limit keeps its level, a warning is raised, and calm begins anew", async () => {
    await play.next("webrtc_sessions", 10_000);
    await play.next("webrtc_sessions", 100);
    await play.next("webrtc_sessions", 100);
    for (const minute of [30, 31, 32, 33]) {
      await play.at(minute);
      await play.run();
      expect(await play.level()).toBe(2);
    }
    expect(await play.alerts()).toEqual([
      "load:webrtc_sessions critical open",
      "load:webrtc_sessions:stale warning open",
    ]);
    const levels: number[] = [];
    for (let again = 0; again < 3; again += 1) levels.push(await play.next("webrtc_sessions", 100));
    expect(levels).toEqual([2, 2, 0]);
    expect(await play.alerts()).toEqual([
      "load:webrtc_sessions critical resolved",
      "load:webrtc_sessions:stale warning resolved",
    ]);
  });

  test("LOAD-07 it is stale when it is older than five minutes, and not before", async () => {
    await play.next("webrtc_sessions", 10);
    await play.at(6);
    await play.run();
    expect(await play.alerts()).toEqual([]);
    await play.at(6 + 1 / 60);
    await db.service`select launch.evaluate_load(${workspace.id})`;
    expect(await play.alerts()).toEqual(["load:webrtc_sessions:stale warning open"]);
  });

  test("LOAD-08 what was never measured raises nothing, and its state says that there is no data", async () => {
    for (let again = 0; again < 8; again += 1) expect(await play.next()).toBe(0);
    expect(await play.alerts()).toEqual([]);
    const states = await db.owner`
      select distinct value, measured_at, is_stale, level from launch.limit_states where workspace_id = ${workspace.id}`;
    expect([...states]).toEqual([{ value: null, measured_at: null, is_stale: false, level: 0 }]);
  });

  test("LOAD-08 a measurement of NaN or infinity, or from the future, is not read", async () => {
    await play.next("webrtc_sessions", 50);
    const ahead = (value: string, seconds: number) =>
      db.owner`insert into launch.measurements values (${workspace.id}, 'webrtc_sessions', launch.now() + make_interval(secs => ${seconds}),
        launch.now(), ${value}::text::double precision)`;
    await ahead("NaN", 10);
    await ahead("Infinity", 20);
    await ahead("99999", 3600);
    expect(await play.next()).toBe(0);
    const [state] = await db.owner`select value from launch.limit_states
      where workspace_id = ${workspace.id} and name = 'webrtc_sessions'`;
    expect(state).toEqual({ value: 50 });
  });
});

describe("events as a source", () => {
  const count = () =>
    act(`launch.set_limit('${workspace.id}', 'payments_per_minute', 'events', 'static', 100, true, 'purchase.completed', 60,
      6, null, null, 0.1, 180, null, 1)`);
  const buy = (many: number, secondsAgo: number, type = "purchase.completed") =>
    db.owner`insert into launch.events (workspace_id, occurred_at, received_at, type, source, event_id)
      select ${workspace.id}, launch.now() - make_interval(secs => ${secondsAgo}), launch.now(), ${type}, 'shop', gen_random_uuid()::text
      from generate_series(1, ${many})`;

  test("LOAD-09 events of the last minute are counted where they are a limit's source, and those outside it are not", async () => {
    await count();
    await play.at(1);
    await buy(99, 10);
    await buy(50, 60);
    await buy(50, 10, "chat.started");
    await play.run();
    expect(await play.level()).toBe(1);
    await play.at(1.5);
    await buy(1, 0);
    await db.service`select launch.evaluate_load(${workspace.id})`;
    expect(await play.level()).toBe(2);
  });

  test("LOAD-09 a feed that falls silent is stale and not zero", async () => {
    await count();
    await play.at(1);
    await buy(100, 1);
    await play.run();
    for (let minute = 2; minute <= 9; minute += 1) expect(await play.next()).toBe(2);
    expect(await play.alerts()).toEqual([
      "load:payments_per_minute critical open",
      "load:payments_per_minute:stale warning open",
    ]);
    const levels: number[] = [];
    for (let again = 0; again < 3; again += 1) {
      await play.at(10 + again);
      await buy(1, 1, "chat.started");
      await play.run();
      levels.push(await play.level());
    }
    expect(levels).toEqual([2, 2, 0]);
  });
});

describe("people and load", () => {
  test("LOAD-10 an override wins over what is measured, in both directions, and ends by itself while measuring goes on", async () => {
    await play.next("webrtc_sessions", 13_000);
    await override(0, 2);
    expect(await inForce()).toBe(0);
    await play.next("webrtc_sessions", 13_000);
    expect(await inForce()).toBe(0);
    expect(await play.level()).toBe(3);
    await play.next("webrtc_sessions", 13_000);
    expect(await inForce()).toBe(3);
    await override(1, 60);
    expect(await inForce()).toBe(1);
    await override(null, 1);
    expect(await inForce()).toBe(3);
    const rows = await db.owner`
      select level, level_in_force from launch.load_levels where workspace_id = ${workspace.id} order by slot_at`;
    expect(rows.map((row) => `${row.level}/${row.level_in_force}`)).toEqual(["3/3", "3/0", "3/3"]);
  });

  test("LOAD-11 with launch.autoThrottle off the level returns to 0, says so, and nothing is evaluated until it is on again", async () => {
    await play.next("webrtc_sessions", 10_000);
    await setFlag(false);
    expect(await play.level()).toBe(0);
    expect(await play.alerts()).toEqual(["load:webrtc_sessions critical resolved"]);
    const [entry] = await db.owner`select actor_kind, reason from app.audit_entries
      where workspace_id = ${workspace.id} and action = 'throttle.lowered'`;
    expect(entry).toEqual({ actor_kind: "person", reason: "Automatic throttling was switched off." });
    expect(await play.next("webrtc_sessions", 20_000)).toBe(0);
    expect(await play.result()).toEqual({ outcome: "skipped", report: { reason: "its flag is off" } });
    await db.service`select launch.evaluate_load(${workspace.id})`;
    expect(await play.level()).toBe(0);
    await setFlag(true);
    expect(await play.next("webrtc_sessions", 20_000)).toBe(3);
  });

  test("LOAD-12 a limit has one alert: it worsens with the level, ends with it, and stays quiet once a person has resolved it", async () => {
    for (const value of [8000, 8000, 10_000, 10_000, 13_000]) await play.next("webrtc_sessions", value);
    const [alert] = await db.owner<
      { id: string; occurrences: number; step: number; title: string; evidence: object }[]
    >`
      select id, occurrences, step, title, evidence from launch.alerts where workspace_id = ${workspace.id}`;
    expect(alert).toMatchObject({
      occurrences: 5,
      step: 3,
      title: "webrtc_sessions is at 130 % of its limit",
    });
    expect(alert?.evidence).toMatchObject({ value: 13_000, limit: 10_000, kind: "static", level: 3 });
    const told = await db.owner`select substr(type, 7) as change from app.messages
      where workspace_id = ${workspace.id} and type like 'alert.%' order by id`;
    expect(told.map(({ change }) => change)).toEqual(["opened", "worsened", "worsened"]);
    await act(`launch.resolve_alert('${workspace.id}', '${alert?.id}', 'false_positive', 'a drill')`);
    await play.next("webrtc_sessions", 13_000);
    expect(await play.alerts()).toEqual(["load:webrtc_sessions critical resolved"]);
    for (let minute = 0; minute < 3; minute += 1) await play.next("webrtc_sessions", 100);
    await play.next("webrtc_sessions", 8000);
    expect(await play.alerts()).toEqual([
      "load:webrtc_sessions critical resolved",
      "load:webrtc_sessions warning open",
    ]);
  });

  test("LOAD-13 at level 2 the KPIs wait up to 10 minutes and progression up to 45; the rest does not", async () => {
    const due = async () =>
      (await db.owner<{ job: string }[]>`select due_jobs as job from private.due_jobs(launch.now())`).map(
        ({ job }) => job,
      );
    await play.next("webrtc_sessions", 8000);
    expect(await due()).toEqual(["progression", "region-kpis", "threat-shield"]);
    await play.next("webrtc_sessions", 10_000);
    expect(await due()).toEqual(["threat-shield"]);
    await override(0, 5);
    expect(await due()).toEqual(["progression", "region-kpis", "threat-shield"]);
    await play.at(9);
    expect(await due()).toEqual(["load-gate", "threat-shield"]);
    await play.at(10);
    expect(await due()).toEqual(["load-gate", "region-kpis", "threat-shield"]);
    await play.at(45);
    expect(await due()).toEqual(["load-gate", "progression", "region-kpis", "threat-shield"]);
    const [job] = await db.owner`select waits_from from launch.jobs where name = 'progression'`;
    expect(job).toEqual({ waits_from: 2 });
  });
});
