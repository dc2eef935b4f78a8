import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newWorkspace, type Person, type Workspace } from "#tests/setup/people.ts";
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

const { run, alerts, farm, burst } = shieldOf(() => ({ db, workspace }));

describe("alerts", () => {
  test("THR-07 a pattern opens one alert over many slots, and is found again only by something new", async () => {
    await farm(-MINUTE);
    expect(await run()).toMatchObject({ patterns: 1, alerts: 1 });
    expect(await run()).toMatchObject({ patterns: 0, alerts: 0 });
    expect(await run(5 * MINUTE)).toMatchObject({ patterns: 0 });
    await farm(6 * MINUTE, "acc-4", 1);
    expect(await run(10 * MINUTE)).toMatchObject({ patterns: 1 });
    expect(await alerts()).toMatchObject([
      {
        fingerprint: "threat:device_farm:dev-1",
        severity: "warning",
        status: "open",
        occurrences: 2,
        country: "PL",
        step: 1,
      },
    ]);
    const [pattern] =
      await db.owner`select * from launch.threat_patterns where workspace_id = ${workspace.id}`;
    expect(pattern).toMatchObject({
      entity: "dev-1",
      occurrences: 2,
      peak: 4,
      state: "active",
      country: "PL",
    });
    expect(pattern?.accounts).toEqual(expect.arrayContaining(["acc-1", "acc-2", "acc-3", "acc-4"]));
  });

  test("THR-08 the evidence names accounts, addresses, the window, the countries and sample events", async () => {
    await farm(-MINUTE, "acc-{n}", 12);
    await run();
    const [alert] = await alerts();
    expect(alert?.title).toBe("12 accounts on one device: dev-1");
    expect(alert?.evidence).toMatchObject({
      found: 12,
      threshold: 3,
      account_count: 12,
      ip_count: 12,
      window_minutes: 1440,
      countries: { PL: 12 },
    });
    expect(alert?.evidence.events).toHaveLength(10);
    expect(alert?.evidence.accounts).toContain("acc-7");
  });

  test("THR-09 bursts of payments and chargebacks are critical, farms and rings from three times the threshold; a doubling is told again", async () => {
    await burst(-MINUTE);
    await farm(-MINUTE, "acc-{n}", 8);
    await run();
    expect((await alerts()).map(({ severity, step }) => `${severity} ${step}`)).toEqual([
      "warning 2",
      "critical 1",
    ]);
    await farm(MINUTE, "more-{n}", 1);
    await run(5 * MINUTE);
    expect(await alerts()).toMatchObject([{ severity: "critical", occurrences: 2 }, { occurrences: 1 }]);
    const told = await db.owner`
      select c.change from launch.alert_changes c where c.workspace_id = ${workspace.id} order by c.id`;
    expect(told.map(({ change }) => change)).toEqual(["opened", "opened", "worsened"]);
  });

  test("THR-10 a quiet pattern settles as recovered, after its window or half an hour, and what comes later opens a new alert", async () => {
    await burst(-MINUTE);
    await run();
    expect(await run(25 * MINUTE)).toMatchObject({ settled: 0 });
    expect(await run(30 * MINUTE)).toMatchObject({ settled: 1 });
    expect(await alerts()).toMatchObject([{ status: "resolved", outcome: "recovered" }]);
    await burst(31 * MINUTE);
    await run(35 * MINUTE);
    expect(await alerts()).toMatchObject([{ status: "resolved" }, { status: "open", occurrences: 1 }]);
    await farm(34 * MINUTE);
    await run(40 * MINUTE);
    await run(40 * MINUTE + 23 * HOUR);
    expect((await alerts()).at(-1)).toMatchObject({ status: "open" });
    await run(40 * MINUTE + 24 * HOUR);
    expect((await alerts()).at(-1)).toMatchObject({ status: "resolved", outcome: "recovered" });
  });
});

describe("the gap", () => {
  test("THR-11 after an outage one run finds what happened in the gap, and protects no payments for what is over", async () => {
    await db.owner`update launch.threat_rules set answer = 'protect' where workspace_id = ${workspace.id} and rule = 'payment_burst'`;
    await farm(-6 * HOUR);
    await burst(-4 * HOUR);
    expect(await run(0, 5 * MINUTE)).toMatchObject({ patterns: 0 });
    expect(await run(0, 7 * HOUR)).toMatchObject({ patterns: 2, alerts: 2, protected: 0 });
  });

  test("THR-12 an event that comes up to an hour late still counts in its own window, and makes more of what was found", async () => {
    await farm(-50 * MINUTE, "acc-{n}", 2);
    expect(await run()).toMatchObject({ patterns: 0 });
    await farm(-49 * MINUTE, "late-1", 1);
    expect(await run(5 * MINUTE)).toMatchObject({ patterns: 1 });
    await farm(-49 * MINUTE + 1, "late-2", 1);
    expect(await run(10 * MINUTE)).toMatchObject({ patterns: 1 });
    const findings =
      await db.owner`select slot_at, found from launch.threat_findings where workspace_id = ${workspace.id}`;
    expect(findings).toEqual([{ slot_at: new Date(at(-45 * MINUTE)), found: 4 }]);
    const [pattern] =
      await db.owner`select occurrences, peak from launch.threat_patterns where workspace_id = ${workspace.id}`;
    expect(pattern).toEqual({ occurrences: 1, peak: 4 });
    await farm(-70 * MINUTE, "too-late-{n}", 9);
    await run(15 * MINUTE, 5 * MINUTE);
    expect(
      (await db.owner`select 1 from launch.threat_findings where workspace_id = ${workspace.id}`).length,
    ).toBe(1);
  });
});

describe("rules", () => {
  const change = (
    numbers: { threshold?: number; share?: number | null; version?: number; mode?: string } = {},
    person = safety,
  ) =>
    asPerson(
      db,
      person,
      (
        sql,
      ) => sql`select * from launch.change_threat_rule(${workspace.id}, 'device_farm', ${numbers.mode ?? "live"}, ${numbers.threshold ?? 5},
        720, ${numbers.share ?? null}, 'device', 'block', '{device}', 1440, ${numbers.version ?? 1}, 'too many')`,
    );

  test("THR-17 a changed rule counts by its new numbers, is audited with what it was, and is not changed by two at once", async () => {
    expect((await change())[0]).toMatchObject({ threshold: 5, window_minutes: 720, version: 2 });
    await expect(change()).rejects.toMatchObject({ code: "GTVER" });
    await expect(change({ version: 2, threshold: 1 })).rejects.toMatchObject({ code: "23514" });
    await expect(change({ version: 2, share: 0.5 })).rejects.toMatchObject({ code: "23514" });
    await expect(change({ version: 2 }, await join(db, workspace, "marketing"))).rejects.toMatchObject({
      code: "GTROL",
    });
    const [entry] = await db.owner`
      select reason, details from app.audit_entries where workspace_id = ${workspace.id} and action = 'threat_rule.changed'`;
    expect(entry).toMatchObject({
      reason: "too many",
      details: { was: { threshold: 3 }, now: { threshold: 5, answer: "block" } },
    });
    await farm(-MINUTE, "acc-{n}", 4);
    expect(await run()).toMatchObject({ patterns: 0 });
    await farm(MINUTE, "acc-5", 1);
    expect(await run(5 * MINUTE)).toMatchObject({ patterns: 1, blocked: 1 });
  });

  test("THR-18 precision is how many of the alerts that people judged were right", async () => {
    for (const [n, outcome] of [
      "true_positive",
      "true_positive",
      "false_positive",
      "recovered",
      null,
    ].entries()) {
      await db.owner`insert into launch.alerts (workspace_id, kind, fingerprint, severity, title, status, outcome, resolved_at)
        values (${workspace.id}, 'threat', ${`threat:device_farm:dev-${n}`}, 'warning', 'x', ${outcome === null ? "open" : "resolved"}, ${outcome},
          ${outcome === null ? null : NOON})`;
    }
    const rows = await asPerson(
      db,
      safety,
      (sql) => sql`select * from launch.list_threat_rules(${workspace.id})`,
    );
    expect(rows.map(({ rule }) => rule)).toEqual([
      "device_farm",
      "creator_ring",
      "payment_burst",
      "chargeback_burst",
    ]);
    expect(rows[0]).toMatchObject({
      true_positives: "2",
      false_positives: "1",
      recovered: "1",
      unresolved: "1",
    });
    expect(rows[1]).toMatchObject({ true_positives: "0", false_positives: "0" });
  });
});
