import { afterAll, beforeAll, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { check, newKey, newWorkspace, openCountry } from "#tests/setup/people.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

test("CAP-01 the 101st registration of a local day is refused", async () => {
  await setClock(db, "2026-11-23T12:00:00Z");
  const w = await newWorkspace(db);
  const key = await newKey(db, w);
  await openCountry(db, w, "PL", { phase: "alpha" });
  expect(await check(db, key, { units: 100 })).toMatchObject({ allowed: true, remaining: 0 });
  expect(await check(db, key)).toMatchObject({ allowed: false, reason: "cap_reached" });
});
