import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";
import { type Kpis, snapshot } from "#tests/setup/snapshots.ts";

const OPENED = "2026-06-01T12:00:00.000Z";
const at = (hours: number) => new Date(Date.parse(OPENED) + hours * 3_600_000).toISOString();
const WEEK = 7 * 24;
const GOOD: Kpis = {
  active_users: 1000,
  revenue_minor: 500_000,
  safety_incidents: 20,
  installs: 1000,
  verified: 500,
};

let db: TestDatabase;
let workspace: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, OPENED);
  workspace = await newWorkspace(db);
  await openCountry(db, workspace, "PL");
});

/** Takes the snapshots of the window's hours up to `now`: `GOOD`, but for those named by how many hours ago they are. */
async function window(now: number, but: Record<number, Kpis | null> = {}): Promise<void> {
  for (let ago = 23; ago >= 0; ago -= 1) {
    const kpis = but[ago];
    if (kpis === null) continue;
    await db.owner`update test.clock set at = ${at(now - ago)}`;
    await snapshot(db, workspace, { ...GOOD, ...kpis });
  }
}

async function judged(now: number): Promise<{ outcome: string; criteria: Record<string, string> }> {
  await setClock(db, at(now));
  await db.service`select launch.evaluate_gates(${workspace.id})`;
  const [row] = await db.owner<{ outcome: string; criteria: { criterion: string; outcome: string }[] }[]>`
    select outcome, criteria from launch.gate_results where workspace_id = ${workspace.id} order by at desc limit 1`;
  if (row === undefined) throw new Error("nothing was judged");
  return {
    outcome: row.outcome,
    criteria: Object.fromEntries(row.criteria.map((one) => [one.criterion, one.outcome])),
  };
}

const PASSED = {
  active_users: "pass",
  revenue: "pass",
  safety_incidents: "pass",
  verification_rate: "pass",
  days_in_phase: "pass",
};

describe("the gate from soft to public", () => {
  test("KPI-20 passes when every criterion just holds, after seven days in the phase and not an hour before", async () => {
    await window(WEEK - 1);
    expect(await judged(WEEK - 1)).toEqual({
      outcome: "fail",
      criteria: { ...PASSED, days_in_phase: "fail" },
    });
    await window(WEEK);
    expect(await judged(WEEK)).toEqual({ outcome: "pass", criteria: PASSED });
  });

  test.each<[string, Kpis]>([
    ["active_users", { active_users: 999 }],
    ["revenue", { revenue_minor: 499_999 }],
    ["safety_incidents", { safety_incidents: 21 }],
    ["verification_rate", { verified: 499 }],
  ])("KPI-21 %s one below its threshold in one hour of the window fails it", async (criterion, kpis) => {
    await window(WEEK, { 23: kpis });
    expect(await judged(WEEK)).toEqual({ outcome: "fail", criteria: { ...PASSED, [criterion]: "fail" } });
    await window(WEEK + 1, {});
    expect(await judged(WEEK + 1)).toEqual({ outcome: "pass", criteria: PASSED });
  });

  test("KPI-22 is inconclusive without fresh data, with holes in the window, below the sample, and where nothing can be known", async () => {
    const unsure = {
      active_users: "inconclusive",
      revenue: "inconclusive",
      safety_incidents: "inconclusive",
      verification_rate: "inconclusive",
    };
    expect(await judged(WEEK)).toEqual({
      outcome: "inconclusive",
      criteria: { ...unsure, days_in_phase: "pass" },
    });
    await window(WEEK, { 0: null, 1: null });
    expect(await judged(WEEK)).toMatchObject({ outcome: "inconclusive", criteria: unsure });
    const holes = Object.fromEntries([1, 2, 3, 4, 5, 6].map((ago) => [ago, null]));
    await window(2 * WEEK, { ...holes, 7: null });
    expect(await judged(2 * WEEK)).toMatchObject({ outcome: "inconclusive", criteria: unsure });
    await window(3 * WEEK, holes);
    expect(await judged(3 * WEEK)).toEqual({ outcome: "pass", criteria: PASSED });
    await window(4 * WEEK, { 5: { active_users: 49 } });
    expect(await judged(4 * WEEK)).toMatchObject({
      outcome: "fail",
      criteria: { ...unsure, active_users: "fail" },
    });
    await window(5 * WEEK, {
      5: { installs: 0, verified: 0 },
      6: { revenue_minor: 0, missing_currencies: ["PLN"] },
    });
    expect(await judged(5 * WEEK)).toMatchObject({
      outcome: "inconclusive",
      criteria: { ...PASSED, revenue: "inconclusive", verification_rate: "inconclusive" },
    });
  });

  test("KPI-23 is judged for soft countries alone, moves none, keeps its history and audits a change of outcome", async () => {
    await openCountry(db, workspace, "CZ", { phase: "public" });
    await window(WEEK);
    await judged(WEEK);
    await judged(WEEK + 1);
    await judged(WEEK + 3);
    const rows =
      await db.owner`select country, outcome from launch.gate_results where workspace_id = ${workspace.id} order by at`;
    expect([...rows]).toEqual(
      ["pass", "pass", "inconclusive"].map((outcome) => ({ country: "PL", outcome })),
    );
    const entries = await db.owner`select details ->> 'outcome' as outcome from app.audit_entries
      where workspace_id = ${workspace.id} and action = 'gate.judged' order by sequence`;
    expect([...entries]).toEqual([{ outcome: "pass" }, { outcome: "inconclusive" }]);
    const [country] =
      await db.owner`select phase from launch.countries where workspace_id = ${workspace.id} and code = 'PL'`;
    expect(country).toEqual({ phase: "soft" });
  });
});
