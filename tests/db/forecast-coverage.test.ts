import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { keepDemand, moveClock, normal, openTime, poisson, seeded, weekShape } from "#tests/setup/demand.ts";
import { asPerson, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const START = Date.parse("2026-03-02T00:00:00Z");
/** Ten weeks of history, then five of forecasts. */
const FROM = START + 10 * WEEK;
const UNTIL = START + 15 * WEEK;

type Coverage = {
  days: number;
  hours: number;
  forecasts: number;
  within_p50: number;
  within_p90: number;
  missed: string;
  demand: string;
};

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  await openTime(db, START, UNTIL);
});
afterAll(() => db.close());

/** A workspace whose PL has fifteen weeks of drawn demand: a mean of `usual` an hour, days that differ by `spread`, growth by week. */
async function simulate(how: { seed: number; usual: number; spread: number; growth: number }) {
  await moveClock(db, START);
  const workspace = await newWorkspace(db);
  await openCountry(db, workspace, "PL");
  const draw = seeded(how.seed);
  const days = Array.from({ length: 15 * 7 + 1 }, () => Math.exp(how.spread * normal(draw)));
  await keepDemand(db, workspace, "PL", {
    from: START,
    to: UNTIL,
    counts: (at) => {
      const local = new Date(at + 2 * HOUR);
      const grown = (1 + how.growth) ** ((at - START) / WEEK);
      const day = days[Math.floor((at - START) / DAY)] ?? 1;
      return poisson(how.usual * weekShape(local.getUTCDay(), local.getUTCHours()) * grown * day, draw);
    },
  });
  return workspace;
}

/** Lets the job run every eleventh hour, so that each hour of the day is forecast from each distance. */
async function issueFor(from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += 11 * HOUR) {
    await moveClock(db, at + 180_000);
    await db.service`select launch.issue_forecasts()`;
  }
}

async function coverage(
  workspace: Workspace,
): Promise<Record<number, { p50: number; p90: number } & Coverage>> {
  const rows = await asPerson(
    db,
    workspace.owner,
    (sql) => sql<Coverage[]>`select * from launch.read_forecast_coverage(${workspace.id}, 'PL')`,
  );
  return Object.fromEntries(
    rows.map((row) => [
      row.days,
      { ...row, p50: row.within_p50 / row.forecasts, p90: row.within_p90 / row.forecasts },
    ]),
  );
}

describe("coverage on simulated weeks", () => {
  test.each([
    { name: "Poisson, 20 an hour", seed: 11, usual: 20, spread: 0, growth: 0 },
    { name: "quiet, 2 an hour", seed: 12, usual: 2, spread: 0, growth: 0 },
    { name: "days that differ by 15 %", seed: 13, usual: 40, spread: 0.15, growth: 0 },
    { name: "growth of 6 % a week", seed: 14, usual: 40, spread: 0.1, growth: 0.06 },
  ])(
    "FORE-01 demand stays below P90 in 84 to 96 of 100 and below P50 in 42 to 62 of 100 over five weeks: $name",
    async (how) => {
      const workspace = await simulate(how);
      await issueFor(FROM, UNTIL);
      const { 7: week, 28: month } = await coverage(workspace);
      expect(month?.forecasts).toBeGreaterThan(2000);
      expect(month?.p90).toBeGreaterThan(0.84);
      expect(month?.p90).toBeLessThan(0.96);
      expect(month?.p50).toBeGreaterThan(0.42);
      expect(month?.p50).toBeLessThan(0.62);
      expect(week?.hours).toBeLessThan(month?.hours ?? 0);
    },
  );

  test("FORE-02 a model whose P90 is too low is caught by its measured coverage", async () => {
    const [made] = await db.owner<{ text: string }[]>`
      select pg_get_functiondef('private.forecast_base(uuid, text, timestamptz, timestamptz)'::regprocedure) as text`;
    const right = made?.text ?? "";
    await db.owner.unsafe(right.replace("percentile_cont(0.9)", "percentile_cont(0.6)"));
    try {
      const workspace = await simulate({ seed: 15, usual: 20, spread: 0.1, growth: 0 });
      await issueFor(FROM, UNTIL);
      const { 28: month } = await coverage(workspace);
      expect(month?.p90).toBeLessThan(0.75);
    } finally {
      await db.owner.unsafe(right);
    }
  });

  test("FORE-03 the level of the last week counts where it brings forecasts closer, and there alone", async () => {
    const levelled = async (growth: number) => {
      const workspace = await simulate({ seed: 16, usual: 40, spread: 0.05, growth });
      await issueFor(FROM, FROM + HOUR);
      const [row] = await db.owner<{ levelled: boolean[] }[]>`
        select array_agg(distinct levelled) as levelled from launch.forecasts where workspace_id = ${workspace.id}`;
      return row?.levelled;
    };
    expect(await levelled(0.06)).toEqual([true]);
    expect(await levelled(0)).toEqual([false]);
  });

  test("FORE-04 an issued forecast never changes, and coverage is of forecasts issued before their hour began", async () => {
    const workspace = await simulate({ seed: 17, usual: 20, spread: 0, growth: 0 });
    await issueFor(FROM, FROM + HOUR);
    const issued = () =>
      db.owner`select * from launch.forecasts where workspace_id = ${workspace.id} order by issued_at, hour_at`;
    const first = await issued();
    expect(first).toHaveLength(50);
    expect(await coverage(workspace)).toEqual({});
    await moveClock(db, FROM + 50 * 60_000);
    await db.service`select launch.issue_forecasts()`;
    expect(await issued()).toEqual(first);
    await issueFor(FROM + 3 * HOUR, FROM + 4 * HOUR);
    const { 7: week } = await coverage(workspace);
    expect(week).toMatchObject({ hours: 2, forecasts: 2 });
    const [outcome] = await db.owner`
      select demand::int as asked, granted::int from launch.forecast_outcomes
      where workspace_id = ${workspace.id} and hour_at = ${new Date(FROM + HOUR).toISOString()}`;
    const [slot] = await db.owner`select granted + refused as asked, granted from launch.usage_slots
      where workspace_id = ${workspace.id} and operation = 'user' and slot_at = ${new Date(FROM + 1.5 * HOUR).toISOString()}`;
    expect(outcome).toEqual(slot);
  });
});
