import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newWorkspace, type Person, type Workspace } from "#tests/setup/people.ts";
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

const evaluate = () => db.service`select launch.evaluate_risk(${workspace.id}) as report`;

interface Score {
  score: number | null;
  level: string;
  tripped: boolean;
  factors: {
    metric: string;
    points: number;
    value: number | null;
    threshold?: number;
    trip: boolean;
    unknown?: string;
  }[];
  scorecard_version: number;
}

async function scored(kpis: Kpis): Promise<Score> {
  await snapshot(db, workspace, kpis);
  await evaluate();
  const [row] = await db.owner<Score[]>`
    select score, level, tripped, factors, scorecard_version from launch.risk_scores where workspace_id = ${workspace.id} order by at desc limit 1`;
  if (row === undefined) throw new Error("nothing was scored");
  return row;
}

describe("the default scorecard", () => {
  test.each<[string, Kpis, number]>([
    ["support at 50", { support_volume: 50 }, 0],
    ["support above 50", { support_volume: 51 }, 1],
    ["support at 100", { support_volume: 100 }, 1],
    ["support above 100", { support_volume: 101 }, 2],
    ["safety at 10", { safety_incidents: 10 }, 0],
    ["safety above 10", { safety_incidents: 11 }, 1],
    ["safety at 20", { safety_incidents: 20 }, 1],
    ["safety above 20", { safety_incidents: 21 }, 2],
    ["safety at 50", { safety_incidents: 50 }, 2],
    ["safety above 50", { safety_incidents: 51 }, 3],
    ["revenue of $5,000", { revenue_minor: 500_000 }, 0],
    ["revenue a cent below $5,000", { revenue_minor: 499_999 }, 1],
    ["revenue of $1,000", { revenue_minor: 100_000 }, 1],
    ["revenue a cent below $1,000", { revenue_minor: 99_999 }, 2],
    ["verification at 50 %", { verified: 500 }, 0],
    ["verification below 50 %", { verified: 499 }, 1],
    ["verification at 30 %", { verified: 300 }, 1],
    ["verification below 30 %", { verified: 299 }, 2],
  ])("RISK-01 %s gives the points of its rule, on either side of each threshold", async (_, kpis, points) => {
    expect(await scored(kpis)).toMatchObject({ score: points, tripped: false });
  });

  test.each<[number, string, Kpis]>([
    [2, "low", { support_volume: 101 }],
    [3, "medium", { safety_incidents: 51 }],
    [4, "medium", { safety_incidents: 51, support_volume: 51 }],
    [5, "high", { safety_incidents: 51, support_volume: 101 }],
    [6, "high", { safety_incidents: 51, support_volume: 101, revenue_minor: 499_999 }],
    [7, "critical", { safety_incidents: 51, support_volume: 101, revenue_minor: 0 }],
    [9, "critical", { safety_incidents: 51, support_volume: 101, revenue_minor: 0, verified: 0 }],
  ])("RISK-02 %i points are %s", async (score, level, kpis) => {
    expect(await scored(kpis)).toMatchObject({ score, level });
  });

  test("RISK-03 safety incidents above 100 a day are critical by themselves in a healthy market, and 100 are not", async () => {
    expect(await scored({ safety_incidents: 100 })).toMatchObject({
      score: 3,
      level: "medium",
      tripped: false,
    });
    await setClock(db, hoursOn(1));
    const tripped = await scored({ safety_incidents: 101 });
    expect(tripped).toMatchObject({ score: 3, level: "critical", tripped: true });
    expect(tripped.factors).toContainEqual(
      expect.objectContaining({
        metric: "safety_incidents",
        trip: true,
        value: 101,
        threshold: 100,
        points: 3,
      }),
    );
  });

  test("RISK-04 below the minimum of active users the level is insufficient_data, even past a trip, and at it there is a score", async () => {
    const crisis = { safety_incidents: 500, revenue_minor: 0, verified: 0, support_volume: 500 };
    expect(await scored({ ...crisis, active_users: 49 })).toMatchObject({
      score: null,
      level: "insufficient_data",
      tripped: false,
    });
    await setClock(db, hoursOn(1));
    expect(await scored({ ...crisis, active_users: 50 })).toMatchObject({ score: 9, level: "critical" });
    expect(
      await scored({
        installs: 0,
        verified: 0,
        active_users: 0,
        revenue_minor: 0,
        support_volume: 0,
        safety_incidents: 0,
      }),
    ).toMatchObject({
      level: "insufficient_data",
    });
  });

  test("RISK-05 each point says why, and what nobody reported or has no rate gives none and says so", async () => {
    const { factors, score } = await scored({
      support_volume: 120,
      installs: 0,
      verified: 0,
      revenue_minor: 90_000,
      missing_currencies: ["PLN"],
    });
    expect(score).toBe(2);
    expect(factors).toEqual([
      { metric: "support_volume", comparison: "above", threshold: 100, value: 120, points: 2, trip: false },
      { metric: "revenue", value: 900, points: 0, trip: false, unknown: "missing_rate" },
      { metric: "verification_rate", value: null, points: 0, trip: false, unknown: "no_data" },
    ]);
    await setClock(db, hoursOn(1));
    expect(await scored({ revenue_minor: 500_000, missing_currencies: ["PLN"] })).toMatchObject({
      score: 0,
      factors: [],
    });
  });

  test("RISK-06 a snapshot older than two hours judges nothing", async () => {
    await snapshot(db, workspace, { safety_incidents: 500 });
    await setClock(db, hoursOn(2));
    await evaluate();
    expect(
      await db.owner`select 1 from launch.risk_scores where workspace_id = ${workspace.id}`,
    ).toHaveLength(0);
    await setClock(db, new Date(Date.parse(hoursOn(2)) - 1).toISOString());
    await evaluate();
    expect(
      await db.owner`select 1 from launch.risk_scores where workspace_id = ${workspace.id}`,
    ).toHaveLength(1);
  });
});

describe("a change of level", () => {
  const alerts = async () =>
    (
      await db.owner<{ severity: string; status: string }[]>`
        select severity, status from launch.alerts where workspace_id = ${workspace.id} and kind = 'risk' order by id`
    ).map(({ severity, status }) => `${severity} ${status}`);
  const audits = async () =>
    (
      await db.owner<{ details: { level: string; was?: string } }[]>`
        select details from app.audit_entries where workspace_id = ${workspace.id} and action = 'risk.changed' order by sequence`
    ).map(({ details }) => `${details.was ?? "-"} ${details.level}`);

  test("RISK-07 is audited once, high warns, critical is told again as critical, and a fall settles", async () => {
    const steps: [Kpis, string[]][] = [
      [{}, []],
      [{ safety_incidents: 51, support_volume: 101 }, ["warning open"]],
      [{ safety_incidents: 51, support_volume: 101 }, ["warning open"]],
      [{ safety_incidents: 101 }, ["critical open"]],
      [{ safety_incidents: 51, support_volume: 101 }, ["critical open"]],
      [{ active_users: 0 }, ["critical open"]],
      [{ safety_incidents: 51 }, ["critical resolved"]],
    ];
    for (const [hour, [kpis, standing]] of steps.entries()) {
      await setClock(db, hoursOn(hour));
      await scored(kpis);
      expect(await alerts(), `hour ${hour}`).toEqual(standing);
    }
    expect(await audits()).toEqual([
      "- low",
      "low high",
      "high critical",
      "critical high",
      "high insufficient_data",
      "insufficient_data medium",
    ]);
  });
});

describe("the scorecard", () => {
  const RULES = [{ metric: "support_volume", comparison: "above", threshold: 5, points: 9, trip: false }];
  interface Draft {
    rules?: unknown;
    minimum?: number;
    levels?: [number, number, number];
    reason?: string;
    version?: number | null;
  }
  const change = (draft: Draft = {}, person: Person = workspace.owner) => {
    const { rules = RULES, minimum = 50, levels = [3, 5, 7], reason = "drill", version = null } = draft;
    return asPerson(
      db,
      person,
      (sql) => sql<{ version: number }[]>`
      select version from launch.change_scorecard(${workspace.id}, ${JSON.stringify(rules)}::text::jsonb, ${minimum}, ${levels[0]}, ${levels[1]},
        ${levels[2]}, ${reason}, ${version}::int)`,
    );
  };
  const preview = (rules: unknown, person: Person = workspace.owner) =>
    asPerson(
      db,
      person,
      (sql) => sql`
      select country, level, score, draft_level, draft_score from launch.preview_scorecard(${workspace.id}, ${JSON.stringify(rules)}::text::jsonb, 50, 3, 5, 7)`,
    );

  test("RISK-08 a change makes the next version, which judges from then on; scores name the version that gave them", async () => {
    expect(await scored({})).toMatchObject({ level: "low", scorecard_version: 1 });
    expect([...(await change())]).toEqual([{ version: 2 }]);
    await setClock(db, hoursOn(1));
    expect(await scored({})).toMatchObject({ level: "critical", score: 9, scorecard_version: 2 });
    expect(
      await db.owner`select version from launch.scorecards where workspace_id = ${workspace.id} order by 1`,
    ).toHaveLength(2);
    const [entry] = await db.owner`select details -> 'now' ->> 'version' as now from app.audit_entries
      where workspace_id = ${workspace.id} and action = 'scorecard.changed'`;
    expect(entry).toEqual({ now: "2" });
  });

  test("RISK-09 a preview says what each country would score now and changes nothing", async () => {
    await scored({});
    const before =
      await db.owner`select count(*)::int as n from launch.risk_scores where workspace_id = ${workspace.id}`;
    expect([...(await preview(RULES))]).toEqual([
      { country: "PL", level: "low", score: 0, draft_level: "critical", draft_score: 9 },
    ]);
    expect(
      await db.owner`select count(*)::int as n from launch.risk_scores where workspace_id = ${workspace.id}`,
    ).toEqual(before);
    expect(await db.owner`select 1 from launch.scorecards where workspace_id = ${workspace.id}`).toHaveLength(
      1,
    );
  });

  test("RISK-10 what cannot be judged is refused with the rule's place; of two who change it the second is told; owners and admins only", async () => {
    for (const wrong of [
      { metric: "horoscope", comparison: "above", threshold: 1, points: 1, trip: false },
      { metric: "installs", comparison: "near", threshold: 1, points: 1, trip: false },
      { metric: "installs", comparison: "above", threshold: "1", points: 1, trip: false },
      { metric: "installs", comparison: "above", threshold: 1, points: -1, trip: false },
      { metric: "installs", comparison: "above", threshold: 1, points: 1.5, trip: false },
      { metric: "installs", comparison: "above", threshold: 1, points: 1 },
      "installs",
    ]) {
      const failed = await change({ rules: [...RULES, wrong] }).catch((error: unknown) => error);
      expect(failed).toMatchObject({ code: "GTINV", detail: expect.stringContaining('"rule": 2') });
    }
    await expect(change({ rules: [] })).rejects.toMatchObject({ code: "23514" });
    await expect(change({ levels: [5, 3, 7] })).rejects.toMatchObject({ code: "23514" });
    await expect(change({ reason: " " })).rejects.toMatchObject({ code: "GTRSN" });
    await change({ version: 1 });
    await expect(change({ version: 1 })).rejects.toMatchObject({ code: "GTVER" });
    for (const role of ["marketing", "safety", "viewer"] as const) {
      const person = await join(db, workspace, role);
      await expect(change({}, person)).rejects.toMatchObject({ code: "GTROL" });
      await expect(preview(RULES, person)).rejects.toMatchObject({ code: "GTROL" });
    }
  });
});
