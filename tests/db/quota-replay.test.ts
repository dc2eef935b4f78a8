import { afterAll, beforeAll, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { dryRun, setInstant } from "#tests/setup/dry-runs.ts";
import {
  asPerson,
  check,
  newKey,
  newWorkspace,
  openCountry,
  type PartialCheck,
  settle,
} from "#tests/setup/people.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

test("QUO-13 a dry run of the live policy reproduces every decision that a sub-quota had a part in, and one of a raised cap lets in who was kept out", async () => {
  await setClock(db, "2026-06-01T10:00:00.000Z");
  const w = await newWorkspace(db);
  const key = await newKey(db, w);
  await openCountry(db, w, "PL", { user: 10 });
  await asPerson(db, w.owner, async (sql) => {
    const [made] =
      await sql`select id from launch.create_campaign(${w.id}, 'Anna', 'anna', 'PL', launch.now(), launch.now() + interval '1 day', p_sub_quota => 5)`;
    await sql`select launch.move_campaign(${w.id}, ${made?.id}, 'live', 'for the test')`;
  });
  let at = Date.parse("2026-06-01T10:00:00.000Z");
  const ask = async (partial: PartialCheck = {}) => {
    at += 1000;
    await setInstant(db, at);
    return check(db, key, partial);
  };
  const anna = () => ask({ campaign: "anna" });
  const anybody = () => ask();
  const answers = [];
  for (const one of [anna, anna, anybody, anybody, anna, anna, anybody, anybody, anybody, anybody])
    answers.push(await one());
  const held = await ask({ campaign: "anna", hold_seconds: 60 });
  expect(held).toMatchObject({ allowed: true });
  answers.push(held, await anybody());
  // An instant of its own: of what happens within one millisecond, a return is taken to come first.
  at += 1000;
  await setInstant(db, at);
  await settle(db, key, held.id, "release");
  answers.push(await anybody(), await anna(), await anna());
  expect(answers.map(({ allowed }) => (allowed === true ? "+" : "-")).join("")).toBe("+++++++++-+--+-");
  await setClock(db, "2026-06-02T10:00:00.000Z");
  const of = async (proposal: object) => {
    const { status, results } = await dryRun(db, w, proposal, 3);
    const users = results.filter(({ operation }) => operation === "user");
    const sum = (field: "checks" | "differences" | "adjusted" | "gained") =>
      users.reduce((total, day) => total + day[field], 0);
    const [checks, differences, adjusted, gained] = [
      sum("checks"),
      sum("differences"),
      sum("adjusted"),
      sum("gained"),
    ];
    return { status, checks, differences, adjusted, gained };
  };
  expect(await of({})).toEqual({
    status: "done",
    checks: 15,
    differences: 0,
    adjusted: 0,
    gained: 0,
  });
  expect(await of({ countries: { PL: { user_units: 12 } } })).toMatchObject({ gained: 2 });
});

test("QUO-14 a dry run knows what campaigns kept: it follows no answer, and finds a cap near only where the watch on caps did", async () => {
  await setClock(db, "2026-06-01T10:00:00.000Z");
  const w = await newWorkspace(db);
  const key = await newKey(db, w);
  let at = Date.parse("2026-06-01T10:00:00.000Z");
  const ask = async (partial: PartialCheck) => {
    at += 1000;
    await setInstant(db, at);
    return (await check(db, key, partial)).allowed;
  };
  for (const country of ["PL", "CZ"]) {
    await openCountry(db, w, country, { user: 10 });
    await asPerson(db, w.owner, async (sql) => {
      const [made] =
        await sql`select id from launch.create_campaign(${w.id}, ${country}, ${country.toLowerCase()}, ${country}, launch.now(), launch.now() + interval '1 day', p_sub_quota => 5)`;
      await sql`select launch.move_campaign(${w.id}, ${made?.id}, 'live', 'for the test')`;
    });
  }
  // Poland: half of the cap is used, the campaign has the other, and the sixth is refused. The Czech Republic: 8 of 10 are used.
  for (let i = 0; i < 5; i += 1) expect(await ask({ country: "PL" })).toBe(true);
  expect(await ask({ country: "PL" })).toBe(false);
  for (let i = 0; i < 3; i += 1) expect(await ask({ country: "CZ", campaign: "cz" })).toBe(true);
  for (let i = 0; i < 5; i += 1) expect(await ask({ country: "CZ" })).toBe(true);
  await db.owner`select launch.watch_capacity()`;
  const alerts =
    await db.owner`select country from launch.alerts where workspace_id = ${w.id} and kind = 'capacity'`;
  expect(alerts).toEqual([{ country: "CZ" }]);
  await setClock(db, "2026-06-02T10:00:00.000Z");
  const { results } = await dryRun(db, w, {}, 3);
  const users = results
    .filter(({ operation }) => operation === "user")
    .toSorted((a, b) => a.country.localeCompare(b.country));
  expect(users).toMatchObject([
    { country: "CZ", checks: 8, differences: 0, adjusted: 0, was_alerts: 1, would_alerts: 1 },
    { country: "PL", checks: 6, differences: 0, adjusted: 0, was_alerts: 0, would_alerts: 0 },
  ]);
});
