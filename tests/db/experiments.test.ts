import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calendarOf } from "#lib/experiments/calendar.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  CAPS,
  createExperiment,
  type MadeExperiment,
  openedForTrial,
  SEED,
  tickExperiments,
} from "#tests/setup/experiments.ts";
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

type State = { status: string; outcome: string | null; reason: string | null; cap_before: number | null };

async function cap(workspace: Workspace, operation = "user"): Promise<number> {
  const [row] = await db.owner<{ units: number }[]>`
    select units from launch.caps where workspace_id = ${workspace.id} and country = 'PL' and operation = ${operation}`;
  return row?.units ?? -1;
}

async function state({ id }: MadeExperiment): Promise<State> {
  const [row] = await db.owner<
    State[]
  >`select status, outcome, reason, cap_before from launch.experiments where id = ${id}`;
  if (row === undefined) throw new Error("no such experiment");
  return row;
}

const leftOut = async ({ id }: MadeExperiment) =>
  (
    await db.owner<{ left_out: string | null }[]>`
    select left_out from launch.experiment_days where experiment_id = ${id} order by day_on`
  ).map((row) => row.left_out);

const act = ({ id, owner }: Workspace, statement: string) =>
  asPerson(db, owner, (sql) => sql.unsafe(statement, [id]));

describe("the steps", () => {
  test("EXP-03 each local day has its cap from local midnight on, audited as the engine's change, and the cap before returns at the end", async () => {
    const workspace = await opened();
    const made = await create(workspace);
    const calendar = await calendarOf(SEED, "2026-06-02", 4);
    await tick("2026-06-01T21:59:00Z");
    expect(await cap(workspace)).toBe(150);
    for (const { day, arm } of calendar) {
      const midnight = new Date(Date.parse(`${day}T00:00:30+02:00`)).toISOString();
      await tick(midnight);
      expect(await cap(workspace), day).toBe(CAPS[arm]);
      await tick(new Date(Date.parse(midnight) + 12 * 3_600_000).toISOString());
      expect(await cap(workspace), day).toBe(CAPS[arm]);
    }
    expect(await state(made)).toMatchObject({ status: "running", cap_before: 150 });
    await tick("2026-06-05T22:00:30Z");
    expect(await cap(workspace)).toBe(150);
    expect(await state(made)).toMatchObject({ status: "ended", outcome: "completed" });
    expect(await leftOut(made)).toEqual([null, null, null, null]);
    const changes = await db.owner<{ changed_by: string }[]>`
      select changed_by from launch.policy_versions where workspace_id = ${workspace.id} and action = 'country.caps_changed'`;
    expect(changes.length).toBeGreaterThanOrEqual(3);
    expect(new Set(changes.map((row) => row.changed_by))).toEqual(new Set(["Gantry"]));
    const [closed] = await db.owner`
      select array_agg(cap order by day_on) as caps from launch.counter_days
      where workspace_id = ${workspace.id} and operation = 'user' and day_on >= '2026-06-02'`;
    expect(closed?.caps).toEqual(calendar.map(({ arm }) => CAPS[arm]));
  });

  test.each([
    {
      change: "spring",
      noon: "2026-03-27T11:00:00Z",
      from: "2026-03-28",
      ticks: ["2026-03-27T23:00:30Z", "2026-03-28T23:00:30Z", "2026-03-29T22:00:30Z"],
    },
    {
      change: "autumn",
      noon: "2026-10-23T10:00:00Z",
      from: "2026-10-24",
      ticks: ["2026-10-23T22:00:30Z", "2026-10-24T22:00:30Z", "2026-10-25T23:00:30Z"],
    },
  ])(
    "EXP-04 days of 23 and 25 hours begin and end at their own local midnights: $change",
    async ({ noon, from, ticks }) => {
      const workspace = await opened(noon);
      const made = await create(workspace, { from, days: 2 });
      const calendar = await calendarOf(SEED, from, 2);
      const [first, second, end] = ticks;
      await tick(first ?? "");
      expect(await cap(workspace)).toBe(CAPS[calendar[0]?.arm ?? "A"]);
      await tick(new Date(Date.parse(second ?? "") - 60_000).toISOString());
      expect(await cap(workspace)).toBe(CAPS[calendar[0]?.arm ?? "A"]);
      await tick(second ?? "");
      expect(await cap(workspace)).toBe(CAPS[calendar[1]?.arm ?? "A"]);
      await tick(new Date(Date.parse(end ?? "") - 60_000).toISOString());
      expect(await state(made)).toMatchObject({ status: "running" });
      await tick(end ?? "");
      expect(await state(made)).toMatchObject({ status: "ended", outcome: "completed" });
      expect(await leftOut(made)).toEqual([null, null]);
    },
  );

  test("EXP-05 a cap never goes below what the day has used, and such a day is left out; so is one whose change came late", async () => {
    const workspace = await opened();
    const made = await create(workspace, { a: 1, b: 2, days: 4 });
    const key = await newKey(db, workspace);
    await setClock(db, "2026-06-01T22:10:00Z");
    await check(db, key, { units: 10 });
    await tick("2026-06-01T22:20:00Z");
    expect(await cap(workspace)).toBe(150);
    expect(await leftOut(made)).toEqual(["used_more", null, null, null]);
    await tick("2026-06-02T22:45:00Z");
    expect(await cap(workspace)).toBeLessThan(3);
    expect(await leftOut(made)).toEqual(["used_more", "late", null, null]);
    await tick("2026-06-04T22:00:30Z");
    expect(await leftOut(made)).toEqual(["used_more", "late", "late", null]);
  });

  test.each([
    {
      what: "a change of the cap",
      statement: "select launch.change_caps($1, 'PL', 170)",
      says: /^The cap was changed to 170 by person-/,
      left: 170,
    },
    {
      what: "a pause",
      statement: "select launch.pause_country($1, 'PL', 'drill')",
      says: /^The country was paused by person-/,
      left: null,
    },
    {
      what: "a move of phase",
      statement: "select launch.advance_country($1, 'PL', 'public', null, false)",
      says: /^The country was moved to public by person-/,
      left: null,
    },
    {
      what: "a change of zone",
      statement: "select launch.change_time_zone($1, 'PL', 'UTC')",
      says: /^The country's time zone was changed by person-/,
      left: null,
    },
  ])(
    "EXP-06 a person comes first: $what ends it, says so, and is left as it is",
    async ({ statement, says, left }) => {
      const workspace = await opened();
      const made = await create(workspace);
      await tick("2026-06-01T22:00:30Z");
      const before = await cap(workspace);
      await setClock(db, "2026-06-02T10:00:00Z");
      await act(workspace, statement);
      await tick("2026-06-02T10:01:00Z");
      const ended = await state(made);
      expect(ended).toMatchObject({ status: "ended", outcome: "yielded" });
      expect(ended.reason).toMatch(says);
      expect(await leftOut(made)).toEqual(["ended", "ended", "ended", "ended"]);
      await tick("2026-06-02T22:01:00Z");
      expect(await cap(workspace)).toBe(left ?? before);
    },
  );

  test("EXP-07 a pause that was over again within a minute ends it too; another operation's cap doesn't", async () => {
    const workspace = await opened();
    const made = await create(workspace);
    await tick("2026-06-01T22:00:30Z");
    await act(workspace, "select launch.change_caps($1, 'PL', null, 77)");
    await tick("2026-06-02T10:01:00Z");
    expect(await state(made)).toMatchObject({ status: "running" });
    expect(await cap(workspace, "payment")).toBe(77);
    const [again] = await db.service`select launch.run_experiments() as looked_at`;
    expect(again?.looked_at).toBe(0);
    await act(workspace, "select launch.pause_country($1, 'PL', 'drill')");
    await act(workspace, "select launch.resume_country($1, 'PL')");
    await tick("2026-06-02T10:02:00Z");
    expect(await state(made)).toMatchObject({ status: "ended", outcome: "yielded" });
  });

  test("EXP-08 a person who may ends it early with a reason; the cap in force stays", async () => {
    const workspace = await opened();
    const made = await create(workspace);
    await tick("2026-06-01T22:00:30Z");
    const before = await cap(workspace);
    const stop = (reason: string, person = workspace.owner) =>
      asPerson(
        db,
        person,
        (sql) => sql`select launch.stop_experiment(${workspace.id}, ${made.id}, ${reason})`,
      );
    await expect(stop("why", await join(db, workspace, "marketing"))).rejects.toMatchObject({
      code: "GTROL",
    });
    await expect(stop(" ")).rejects.toMatchObject({ code: "GTRSN" });
    await stop("Seen enough");
    await expect(stop("Again")).rejects.toMatchObject({ code: "GTTRN" });
    expect(await state(made)).toMatchObject({ status: "ended", outcome: "stopped", reason: "Seen enough" });
    await tick("2026-06-02T22:01:00Z");
    expect(await cap(workspace)).toBe(before);
    const actions = await db.owner<{ action: string }[]>`
      select action from app.audit_entries where workspace_id = ${workspace.id} and resource_type = 'experiment' order by sequence`;
    expect(actions.map((row) => row.action)).toEqual(["experiment.created", "experiment.ended"]);
  });
});
