import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  join,
  newWorkspace,
  openCountry,
  type Person,
  type Workspace,
} from "#tests/setup/people.ts";
import { reported } from "#tests/setup/reported.ts";
import { at, HOUR, MINUTE, NOON, shieldOf } from "#tests/setup/shield.ts";

let db: TestDatabase;
let workspace: Workspace;
let safety: Person;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  workspace = await newWorkspace(db);
  safety = await join(db, workspace, "safety");
});

const { run, alerts, blocked, setRule, farm, burst } = shieldOf(() => ({ db, workspace }));

describe("answers", () => {
  test("THR-13 block puts the device, accounts and public addresses on the list until the policy's end, tied to the alert", async () => {
    await setRule("device_farm", {
      answer: "block",
      blocks: ["device", "account", "ip_range"],
      answer_minutes: 60,
    });
    await farm(-MINUTE, "acc-{n}", 3);
    await reported(db, workspace, {
      type: "registration.completed",
      at: at(-MINUTE),
      device: "dev-1",
      subject: "acc-9",
      ip: "10.1.2.3",
    });
    await reported(db, workspace, {
      type: "registration.completed",
      at: at(-MINUTE),
      device: "dev-1",
      subject: "acc-9",
      ip: "2001:db8::9",
    });
    expect(await run()).toMatchObject({ blocked: 9 });
    expect(await blocked()).toEqual([
      "account acc-1",
      "account acc-2",
      "account acc-3",
      "account acc-9",
      "device dev-1",
      "ip_range 2001:db8::/64",
      "ip_range 203.0.113.1/32",
      "ip_range 203.0.113.2/32",
      "ip_range 203.0.113.3/32",
    ]);
    const [alert] = await alerts();
    const rows =
      await db.owner`select distinct until, source, alert_id, created_by from launch.blocks where workspace_id = ${workspace.id}`;
    expect(rows).toEqual([
      { until: new Date(at(HOUR)), source: "rule", alert_id: alert?.id, created_by: null },
    ]);
    const audit =
      await db.owner`select actor_kind, details from app.audit_entries where workspace_id = ${workspace.id} and action = 'threat.answered'`;
    expect(audit).toMatchObject([
      { actor_kind: "engine", details: { answer: "block", blocked: 9, entity: "dev-1" } },
    ]);
  });

  test("THR-14 protect refuses the payments of the countries that make up a burst, and not of those with under a tenth", async () => {
    await setRule("payment_burst", { answer: "protect" });
    await openCountry(db, workspace, "PL");
    await burst(-MINUTE, "PL", 800);
    await burst(-MINUTE, "CZ", 150);
    await burst(-MINUTE, "GR", 60);
    expect(await run()).toMatchObject({ alerts: 1, protected: 2 });
    const rows =
      await db.owner`select country, until, source, reason from launch.protections where workspace_id = ${workspace.id} order by country`;
    expect(rows).toMatchObject([
      { country: "CZ", until: new Date(at(30 * MINUTE)), source: "rule" },
      { country: "PL", until: new Date(at(30 * MINUTE)), reason: "1010 payments in 5 minutes" },
    ]);
  });

  test("THR-15 shadow records what it finds and answers nothing", async () => {
    await setRule("device_farm", { mode: "shadow", answer: "block", blocks: ["device"] });
    await setRule("payment_burst", { mode: "shadow" });
    await farm(-MINUTE);
    await burst(-MINUTE);
    expect(await run()).toMatchObject({ patterns: 2, alerts: 0, blocked: 0, protected: 0 });
    expect(await alerts()).toEqual([]);
    expect(await blocked()).toEqual([]);
    expect(
      await db.owner`select 1 from launch.protections where workspace_id = ${workspace.id}`,
    ).toHaveLength(0);
    expect(
      await db.owner`select mode from launch.threat_patterns where workspace_id = ${workspace.id}`,
    ).toEqual([{ mode: "shadow" }, { mode: "shadow" }]);
  });

  test("THR-16 a snoozed entity is recorded and left alone until the snooze ends; others are not", async () => {
    const snooze = (until: string, reason = "a test lab", entity = "dev-1") =>
      asPerson(
        db,
        safety,
        (sql) =>
          sql`select * from launch.snooze_threat(${workspace.id}, 'device_farm', ${entity}, ${until}, ${reason})`,
      );
    await snooze(at(10 * MINUTE));
    await farm(-MINUTE);
    await reported(db, workspace, {
      type: "registration.completed",
      at: at(-MINUTE),
      device: "dev-2",
      subject: "acc-{n}",
      times: 3,
    });
    expect(await run()).toMatchObject({ patterns: 2, alerts: 1 });
    expect((await alerts()).map(({ fingerprint }) => fingerprint)).toEqual(["threat:device_farm:dev-2"]);
    await farm(6 * MINUTE, "acc-4", 1);
    expect(await run(10 * MINUTE)).toMatchObject({ alerts: 1 });
    for (const until of [at(0), at(91 * 24 * HOUR)])
      await expect(snooze(until)).rejects.toMatchObject({ code: "GTINV" });
    await expect(snooze(at(HOUR), " ")).rejects.toMatchObject({ code: "GTRSN" });
    const [again] = await snooze(at(HOUR));
    const wake = () =>
      asPerson(db, safety, (sql) => sql`select launch.end_snooze(${workspace.id}, ${again?.id})`);
    await wake();
    await expect(wake()).rejects.toMatchObject({ code: "GTNIL" });
  });
});

test("THR-19 one action blocks a pattern's device and accounts, with its public addresses when asked", async () => {
  await farm(-MINUTE);
  await run();
  const [pattern] =
    await db.owner`select id, alert_id from launch.threat_patterns where workspace_id = ${workspace.id}`;
  const block = (withIps: boolean, reason = "a farm", person = safety) =>
    asPerson(
      db,
      person,
      (sql) =>
        sql`select launch.block_pattern(${workspace.id}, ${pattern?.id}, ${at(7 * 24 * HOUR)}, ${reason}, ${withIps}) as n`,
    );
  await expect(block(false, " ")).rejects.toMatchObject({ code: "GTRSN" });
  await expect(block(false, "x", await join(db, workspace, "viewer"))).rejects.toMatchObject({
    code: "GTROL",
  });
  expect(await block(false)).toEqual([{ n: 4 }]);
  expect(await blocked()).toEqual(["account acc-1", "account acc-2", "account acc-3", "device dev-1"]);
  expect(await block(true)).toEqual([{ n: 7 }]);
  const rows =
    await db.owner`select distinct alert_id, source from launch.blocks where workspace_id = ${workspace.id}`;
  expect(rows).toEqual([{ alert_id: pattern?.alert_id, source: "person" }]);
});
