import { afterAll, beforeAll, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { moveClock } from "#tests/setup/demand.ts";
import { asPerson, newWorkspace, openCountry } from "#tests/setup/people.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

test("DRY-40 a run is kept for 90 days", async () => {
  const asked = Date.parse("2026-06-01T12:00:00.000Z");
  await setClock(db, new Date(asked).toISOString());
  const workspace = await newWorkspace(db);
  await openCountry(db, workspace, "PL");
  const kept = async () => {
    await db.service`select launch.run_dry_runs()`;
    return (await db.owner`select status from launch.dry_runs where workspace_id = ${workspace.id}`).map(
      ({ status }) => status,
    );
  };
  await asPerson(db, workspace.owner, (sql) => sql`select launch.create_dry_run(${workspace.id}, '{}', 1)`);
  expect(await kept()).toEqual(["done"]);
  await moveClock(db, asked + 90 * 86_400_000);
  expect(await kept()).toEqual(["done"]);
  await moveClock(db, asked + 90 * 86_400_000 + 1);
  expect(await kept()).toEqual([]);
});
