import type { TransactionSql } from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  check,
  join,
  newKey,
  newWorkspace,
  openCountry,
  type Person,
  type TestKey,
  type Workspace,
} from "#tests/setup/people.ts";

const NOON = "2026-06-01T10:00:00.000Z";
const later = (seconds: number) => new Date(Date.parse(NOON) + seconds * 1000).toISOString();

let db: TestDatabase;
let w: Workspace;
let key: TestKey;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  w = await newWorkspace(db);
  key = await newKey(db, w);
});

type AlertRow = {
  id: string;
  fingerprint: string;
  severity: string;
  status: string;
  title: string;
  occurrences: number;
  step: number;
  outcome: string | null;
  version: number;
};

const raise = (fingerprint: string, step = 0, severity = "warning", kind = "load") =>
  db.owner`select private.raise_alert(${w.id}, ${kind}, ${fingerprint}, ${severity}, 'A drill', null, null, '{}', ${step})`;
const settle = (fingerprint: string) =>
  db.owner`select private.settle_alert(${w.id}, ${fingerprint}, 'gone')`;
const alerts = () =>
  db.owner<AlertRow[]>`select * from launch.alerts where workspace_id = ${w.id} order by id`;
const told = async () =>
  (
    await db.owner<{ change: string }[]>`
      select substr(type, 7) as change from app.messages where workspace_id = ${w.id} and type like 'alert.%' order by id`
  ).map(({ change }) => change);

async function only(): Promise<AlertRow> {
  const [alert, ...rest] = await alerts();
  if (alert === undefined || rest.length > 0) throw new Error("there should be one alert");
  return alert;
}

const answer = (work: (sql: TransactionSql) => Promise<unknown>, person: Person = w.owner) =>
  asPerson(db, person, work);

describe("an alert", () => {
  test("ALT-01 500 firings of one condition open one alert that is told once, and its end once", async () => {
    await Promise.all(Array.from({ length: 500 }, () => raise("load:webrtc")));
    expect(await only()).toMatchObject({ occurrences: 500, status: "open" });
    expect(await told()).toEqual(["opened"]);
    await Promise.all([settle("load:webrtc"), settle("load:webrtc"), settle("load:webrtc")]);
    expect(await only()).toMatchObject({ status: "resolved", outcome: "recovered" });
    expect(await told()).toEqual(["opened", "resolved"]);
  });

  test("ALT-02 a worse step or severity is told again, a lesser one takes nothing back", async () => {
    for (const [step, severity] of [
      [1, "warning"],
      [2, "warning"],
      [1, "warning"],
      [2, "critical"],
      [2, "critical"],
    ] as const) {
      await raise("load:webrtc", step, severity);
    }
    expect(await only()).toMatchObject({ step: 2, severity: "critical", occurrences: 5 });
    expect(await told()).toEqual(["opened", "worsened", "worsened"]);
  });

  test("ALT-03 a condition that returns after its end opens a new alert", async () => {
    await raise("load:webrtc");
    await settle("load:webrtc");
    await raise("load:webrtc");
    expect((await alerts()).map(({ status }) => status)).toEqual(["resolved", "open"]);
  });

  test("ALT-04 a muted alert says nothing but its end, and speaks again when the mute has ended", async () => {
    await raise("load:webrtc", 1);
    const { id } = await only();
    const mute = (until: string | null, reason: string | null) =>
      answer((sql) => sql`select launch.mute_alert(${w.id}, ${id}, ${until}::timestamptz, ${reason})`);
    await expect(mute(later(600), " ")).rejects.toMatchObject({ code: "GTRSN" });
    await expect(mute(NOON, "drill")).rejects.toMatchObject({ code: "GTINV" });
    await expect(mute(later(31 * 86_400), "drill")).rejects.toMatchObject({ code: "GTINV" });
    await mute(later(600), "drill");
    await raise("load:webrtc", 2);
    expect(await told()).toEqual(["opened"]);
    await setClock(db, later(600));
    await raise("load:webrtc", 3);
    expect(await told()).toEqual(["opened", "worsened"]);
  });
});

describe("answers", () => {
  test("ALT-05 acknowledging takes it on, resolving names an outcome, reopening takes that back, each kept and audited", async () => {
    await raise("load:webrtc");
    const { id } = await only();
    await answer((sql) => sql`select launch.acknowledge_alert(${w.id}, ${id})`);
    expect(await only()).toMatchObject({ status: "acknowledged", assigned_to: w.owner.id });
    await expect(
      answer((sql) => sql`select launch.resolve_alert(${w.id}, ${id}, 'recovered')`),
    ).rejects.toMatchObject({ code: "GTINV" });
    await answer((sql) => sql`select launch.resolve_alert(${w.id}, ${id}, 'false_positive', 'a test')`);
    expect(await only()).toMatchObject({ status: "resolved", outcome: "false_positive", note: "a test" });
    await expect(answer((sql) => sql`select launch.acknowledge_alert(${w.id}, ${id})`)).rejects.toMatchObject(
      {
        code: "GTTRN",
      },
    );
    await answer((sql) => sql`select launch.reopen_alert(${w.id}, ${id})`);
    expect(await only()).toMatchObject({ status: "open", outcome: null });
    const kept = await db.owner<{ change: string }[]>`
      select change from launch.alert_changes where alert_id = ${id} order by id`;
    const changes = ["opened", "acknowledged", "resolved", "reopened"];
    expect(kept.map(({ change }) => change)).toEqual(changes);
    const audited = await db.owner<{ action: string }[]>`
      select action from app.audit_entries where workspace_id = ${w.id} and resource_type = 'alert' order by sequence`;
    expect(audited.map(({ action }) => action)).toEqual(changes.map((change) => `alert.${change}`));
  });

  test("ALT-06 of two people who answer one version, the second is told", async () => {
    await raise("load:webrtc");
    const { id, version } = await only();
    const resolve = () =>
      answer((sql) => sql`select launch.resolve_alert(${w.id}, ${id}, 'true_positive', null, ${version})`);
    const outcomes = await Promise.allSettled([resolve(), resolve()]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "GTVER" } });
  });

  test("ALT-07 an alert is answered by who may see its kind, and given to nobody who may not", async () => {
    await raise("risk:PL", 0, "warning", "risk");
    const { id } = await only();
    const safety = await join(db, w, "safety");
    const viewer = await join(db, w, "viewer");
    const marketing = await join(db, w, "marketing");
    const stranger = await newWorkspace(db);
    const give = (person: Person) =>
      answer((sql) => sql`select launch.assign_alert(${w.id}, ${id}, ${person.id})`, safety);
    await give(w.owner);
    for (const person of [viewer, marketing, stranger.owner]) {
      await expect(give(person)).rejects.toMatchObject({ code: "GTINV" });
    }
    const acknowledge = (person: Person) =>
      answer((sql) => sql`select launch.acknowledge_alert(${w.id}, ${id})`, person);
    await expect(acknowledge(viewer)).rejects.toMatchObject({ code: "GTROL" });
    await expect(acknowledge(stranger.owner)).rejects.toMatchObject({ code: "GTNIL" });
    await raise("delivery:hook", 0, "warning", "delivery");
    const delivery = (await alerts()).find(({ fingerprint }) => fingerprint === "delivery:hook");
    await expect(
      answer((sql) => sql`select launch.acknowledge_alert(${w.id}, ${delivery?.id ?? null})`, safety),
    ).rejects.toMatchObject({ code: "GTROL" });
  });

  test("ALT-08 an end cannot be taken back once the same condition has opened another alert", async () => {
    await raise("load:webrtc");
    const { id } = await only();
    await settle("load:webrtc");
    await raise("load:webrtc");
    await expect(answer((sql) => sql`select launch.reopen_alert(${w.id}, ${id})`)).rejects.toMatchObject({
      code: "GTDUP",
    });
  });
});

describe("capacity", () => {
  const watch = () => db.owner`select launch.watch_capacity()`;
  const take = (units: number) => check(db, key, { units });

  test("ALT-09 a cap is told at 80, 95 and 100 percent of its local day, and not one unit below", async () => {
    await openCountry(db, w, "PL", { user: 100 });
    for (const [units, steps] of [
      [79, []],
      [1, ["opened"]],
      [14, ["opened"]],
      [1, ["opened", "worsened"]],
      [4, ["opened", "worsened"]],
      [1, ["opened", "worsened", "worsened"]],
    ] as const) {
      await take(units);
      await watch();
      expect(await told()).toEqual(steps);
    }
    expect(await only()).toMatchObject({ title: "PL has reached its user cap", severity: "warning" });
  });

  test("ALT-10 the alert ends with the day, with a higher cap, and with units that come back", async () => {
    await openCountry(db, w, "PL", { user: 100 });
    await take(100);
    await watch();
    await answer((sql) => sql`select launch.change_caps(${w.id}, 'PL', 126)`);
    await watch();
    expect(await only()).toMatchObject({ status: "resolved", outcome: "recovered" });
    await take(26);
    await watch();
    await setClock(db, "2026-06-01T22:00:00.000Z");
    await watch();
    expect((await alerts()).map(({ status }) => status)).toEqual(["resolved", "resolved"]);
  });

  test("ALT-11 the amount of payments has an alert of its own; a cap of 0, a pause and caps not enforced have none", async () => {
    await openCountry(db, w, "PL", { user: 0, payment: 100, amount: { minor: 1000, currency: "EUR" } });
    await openCountry(db, w, "CZ", { user: 1 });
    await check(db, key, { operation: "payment", amount: { minor: 900, currency: "EUR" } });
    await check(db, key, { country: "CZ" });
    await answer((sql) => sql`select launch.pause_country(${w.id}, 'CZ', 'drill')`);
    await watch();
    expect(await only()).toMatchObject({ fingerprint: "capacity:PL:payment:amount:2026-06-01", step: 1 });
    await answer((sql) => sql`select app.set_flag(${w.id}, 'launch.countryCaps', false, 'drill')`);
    await watch();
    expect(await only()).toMatchObject({ status: "resolved" });
  });
});
