import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";
import { type Kpis, snapshot } from "#tests/setup/snapshots.ts";

const NOON = "2026-06-10T12:00:00.000Z";
const hoursOn = (hours: number) => new Date(Date.parse(NOON) + hours * 3_600_000).toISOString();

let db: TestDatabase;
let workspace: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  workspace = await newWorkspace(db);
});

/** What a draft of one rule for each of these metrics meets in the newest snapshot. */
async function met(metrics: string[]): Promise<Record<string, number>> {
  const rules = metrics.map((metric) => ({
    metric,
    comparison: "above",
    threshold: 0,
    points: 1,
    trip: false,
  }));
  const [row] = await asPerson(
    db,
    workspace.owner,
    (sql) =>
      sql<{ draft_factors: { metric: string; value: number }[] }[]>`
        select draft_factors from launch.preview_scorecard(${workspace.id}, ${sql.json(rules)}, 1, 3, 5, 7)`,
  );
  return Object.fromEntries((row?.draft_factors ?? []).map(({ metric, value }) => [metric, value]));
}

test("RISK-30 each metric that a rule can name is its own of the snapshot: rates of installs, per thousand of active users, revenue in whole units", async () => {
  await snapshot(db, workspace, {
    installs: 400,
    verified: 100,
    active_users: 2000,
    support_volume: 50,
    safety_incidents: 3,
    revenue_minor: 12_345,
  });
  await db.owner`update launch.region_kpis set active_chats = 30, chargebacks = 7, churn_risk = 0.25, store_rating = 4.5
    where workspace_id = ${workspace.id}`;
  const all = {
    installs: 400,
    active_users: 2000,
    active_chats: 30,
    revenue: 123.45,
    chargebacks: 7,
    support_volume: 50,
    support_per_1000: 25,
    safety_incidents: 3,
    incidents_per_1000: 1.5,
    verification_rate: 0.25,
    churn_risk: 0.25,
    store_rating: 4.5,
  };
  expect(await met(Object.keys(all))).toEqual(all);
  await db.owner`update launch.region_kpis set currency = 'JPY' where workspace_id = ${workspace.id}`;
  expect(await met(["revenue"])).toEqual({ revenue: 12_345 });
});

test("RISK-31 the 24 hours after which an incident without data ends begin with the last critical level, not the first", async () => {
  await openCountry(db, workspace, "PL", { phase: "public" });
  const judged = async (hours: number, kpis: Kpis) => {
    await setClock(db, hoursOn(hours));
    await snapshot(db, workspace, kpis);
    await db.service`select launch.evaluate_risk(${workspace.id})`;
    const [incident] =
      await db.owner`select closed_at is null as open from launch.incidents where workspace_id = ${workspace.id}`;
    return incident?.open;
  };
  expect(await judged(0, { safety_incidents: 101 })).toBe(true);
  expect(await judged(20, { safety_incidents: 101 })).toBe(true);
  expect(await judged(43, { active_users: 0 })).toBe(true);
  expect(await judged(44, { active_users: 0 })).toBe(false);
});
