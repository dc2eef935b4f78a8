import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calendarOf } from "#lib/experiments/calendar.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { CAPS, createExperiment, openedForTrial, SEED, tickExperiments } from "#tests/setup/experiments.ts";
import { asPerson, check, join, newKey, type Workspace } from "#tests/setup/people.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const opened = (noon?: string) => openedForTrial(db, noon);
const create = (workspace: Workspace, asked?: Parameters<typeof createExperiment>[2]) =>
  createExperiment(db, workspace, asked);
const tick = (at: string) => tickExperiments(db, at);

const act = ({ id, owner }: Workspace, statement: string) =>
  asPerson(db, owner, (sql) => sql.unsafe(statement, [id]));

describe("the calendar", () => {
  test("EXP-01 follows from the seed, in SQL as in TypeScript, and each pair of days has each cap once", async () => {
    const workspace = await opened();
    const made = await create(workspace, { days: 60 });
    const days = await db.owner<{ day: string; pair: number; arm: "A" | "B" }[]>`
      select day_on::text as day, pair, arm from launch.experiment_days where experiment_id = ${made.id} order by 1`;
    expect([...days]).toEqual(await calendarOf(SEED, "2026-06-02", 60));
    const pairs = Map.groupBy(days, (day) => day.pair);
    expect(pairs.size).toBe(30);
    for (const both of pairs.values()) expect(both.map((day) => day.arm).toSorted()).toEqual(["A", "B"]);
    const firsts = [...pairs.values()].filter(([first]) => first?.arm === "A").length;
    expect(firsts).toBeGreaterThan(6);
    expect(firsts).toBeLessThan(24);
    expect(await calendarOf("another seed", "2026-06-02", 60)).not.toEqual([...days]);
  });

  test("EXP-02 it is refused where a country is closed, for today, for equal caps, twice in a country, and to those who may not", async () => {
    const workspace = await opened();
    const viewer = await join(db, workspace, "viewer");
    await expect(create(workspace, { person: viewer })).rejects.toMatchObject({ code: "GTROL" });
    await expect(create(workspace, { from: "2026-06-01" })).rejects.toMatchObject({ code: "GTINV" });
    await expect(create(workspace, { b: CAPS.A })).rejects.toMatchObject({ code: "GTINV" });
    await create(workspace);
    await expect(create(workspace)).rejects.toMatchObject({ code: "GTDUP" });
    const paused = await opened();
    await act(paused, "select launch.pause_country($1, 'PL', 'drill')");
    await expect(create(paused)).rejects.toMatchObject({ code: "GTTRN" });
  });
});

describe("the days", () => {
  test("EXP-09 a finished day's result is what was granted and refused in it, with its KPIs; a day under way has none", async () => {
    const workspace = await opened();
    const made = await create(workspace, { a: 3, b: 5 });
    const key = await newKey(db, workspace);
    const [today] = await calendarOf(SEED, "2026-06-02", 4);
    await tick("2026-06-01T22:00:30Z");
    for (let n = 0; n < 7; n += 1) await check(db, key);
    await db.owner`insert into launch.region_days (workspace_id, country, day_on, day_starts_at, day_ends_at, installs, verified)
      values (${workspace.id}, 'PL', '2026-06-02', '2026-06-01T22:00Z', '2026-06-02T22:00Z', 9, 4)`;
    const read = () =>
      asPerson(
        db,
        workspace.owner,
        (sql) => sql`select * from launch.read_experiment_days(${workspace.id}, ${made.id})`,
      );
    expect((await read())[0]).toMatchObject({ finished: false, granted: null, refused: null });
    await tick("2026-06-02T22:00:30Z");
    const granted = today?.arm === "A" ? 3 : 5;
    expect((await read())[0]).toMatchObject({
      finished: true,
      granted,
      refused: String(7 - granted),
      installs: 9,
      verified: 4,
    });
    expect((await read())[1]).toMatchObject({ finished: false, granted: null });
  });

  test("EXP-16 when a cap will be reached tomorrow is told of the cap that tomorrow will have", async () => {
    const workspace = await opened();
    await create(workspace, { days: 2 });
    const [first, second] = await calendarOf(SEED, "2026-06-02", 2);
    const tomorrow = async () =>
      (
        await asPerson(
          db,
          workspace.owner,
          (sql) =>
            sql<
              { cap: number }[]
            >`select cap from launch.read_cap_times(${workspace.id}, 'PL') order by day_on desc`,
        )
      )[0]?.cap;
    expect(await tomorrow()).toBe(CAPS[first?.arm ?? "A"]);
    await tick("2026-06-01T22:00:30Z");
    expect(await tomorrow()).toBe(CAPS[second?.arm ?? "A"]);
    await tick("2026-06-02T22:00:30Z");
    expect(await tomorrow()).toBe(150);
  });
});
