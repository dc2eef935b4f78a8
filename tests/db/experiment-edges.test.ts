import { afterAll, beforeAll, expect, test } from "vitest";
import { calendarOf } from "#lib/experiments/calendar.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { createExperiment, openedForTrial, SEED, tickExperiments } from "#tests/setup/experiments.ts";
import { asPerson, check, newKey } from "#tests/setup/people.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

test("EXP-20 a day's refusals are those of the operation under test, in that country and workspace", async () => {
  const workspace = await openedForTrial(db);
  const other = await openedForTrial(db);
  const made = await createExperiment(db, workspace, { a: 3, b: 5 });
  const [first] = await calendarOf(SEED, "2026-06-02", 4);
  const cap = first?.arm === "A" ? 3 : 5;
  await tickExperiments(db, "2026-06-01T22:00:30Z");
  for (const { id, owner } of [workspace, other]) {
    const key = await newKey(db, { id, owner, slug: "" });
    await asPerson(
      db,
      owner,
      (sql) => sql`select launch.change_caps(${id}, 'PL', p_payment_units => 1, p_reason => 'drill')`,
    );
    await check(db, key, { operation: "payment", units: 4 });
    await check(db, key, { units: cap });
    await check(db, key, { units: 2 });
  }
  await tickExperiments(db, "2026-06-02T22:00:30Z");
  const [day] = await asPerson(
    db,
    workspace.owner,
    (sql) => sql`select granted, refused::int from launch.read_experiment_days(${workspace.id}, ${made.id})`,
  );
  expect(day).toEqual({ granted: cap, refused: 2 });
});
