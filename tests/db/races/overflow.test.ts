import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  check,
  checkMany,
  newKey,
  newWorkspace,
  openCountry,
  settle,
  type TestKey,
  type Workspace,
} from "#tests/setup/people.ts";

const MOST = 1_000_000;
const MANY = Array.from({ length: 1000 }, () => ({ units: MOST }));

let db: TestDatabase;
let workspace: Workspace;
let key: TestKey;

beforeAll(async () => {
  db = await testDatabase();
  workspace = await newWorkspace(db);
  key = await newKey(db, workspace);
});
afterAll(() => db.close());

async function reasons(checks: Parameters<typeof checkMany>[2]): Promise<Set<string>> {
  return new Set((await checkMany(db, key, checks)).map(({ allowed, reason }) => `${allowed} ${reason}`));
}

test("RACE-15 numbers too large to count refuse their own check and never fail the others of their call", {
  timeout: 120_000,
}, async () => {
  // Refusals: four thousand million units in one slot of the chart.
  await openCountry(db, workspace, "CZ", { phase: "alpha" });
  for (let call = 0; call < 4; call++) {
    expect(await reasons(MANY.map((one) => ({ ...one, country: "CZ" })))).toEqual(
      new Set(["false cap_reached"]),
    );
  }
  // Grants that nothing caps.
  await db.owner`update app.workspaces set allows_unlisted_countries = true where id = ${workspace.id}`;
  for (let call = 0; call < 2; call++) {
    expect(await reasons(MANY.map((one) => ({ ...one, country: "DE" })))).toEqual(new Set(["true unlisted"]));
  }
  const beyond = await checkMany(db, key, [{ country: "DE" }, { country: "CZ" }]);
  expect(beyond).toMatchObject([{ allowed: false, reason: "cap_reached" }, { allowed: true }]);
});

test("RACE-16 caps not enforced stop counting where numbers end, and the others of the call are answered", {
  timeout: 120_000,
}, async () => {
  await openCountry(db, workspace, "SK", { phase: "alpha", amount: { minor: 100, currency: "EUR" } });
  await openCountry(db, workspace, "HR", { phase: "alpha" });
  await asPerson(
    db,
    workspace.owner,
    (sql) => sql`select app.set_flag(${workspace.id}, 'launch.countryCaps', false, 'test')`,
  );
  const amount = { minor: Number.MAX_SAFE_INTEGER, currency: "EUR" } as const;
  const payments = Array.from(
    { length: 1000 },
    () => ({ country: "SK", operation: "payment", amount }) as const,
  );
  expect(await reasons(payments)).toEqual(new Set(["true granted", "false amount_cap_reached"]));
  for (let call = 0; call < 2; call++) await reasons(MANY.map((one) => ({ ...one, country: "HR" })));
  const last = await checkMany(db, key, [
    { country: "HR" },
    { country: "SK" },
    { country: "SK", operation: "payment", amount },
  ]);
  expect(last.map(({ allowed }) => allowed)).toEqual([false, true, false]);
});

test("RACE-17 units held and returned without end never overflow the chart", {
  timeout: 120_000,
}, async () => {
  await openCountry(db, workspace, "RO", { phase: "public", user: 100_000_000 });
  await db.owner`insert into launch.kept_slots (counter_id, slot_at, workspace_id, country, operation, day_on, granted, refused, returned)
    select c.id, date_bin('5 minutes', launch.now() + make_interval(mins => m), '2020-01-01 00:00Z'), c.workspace_id, c.country, c.operation, c.day_on,
      2147483647, 2147483647, 2147483647
    from launch.counters c cross join unnest(array[0, 5]) m where c.workspace_id = ${workspace.id} and c.country = 'RO' and c.operation = 'user'`;
  const held = await check(db, key, { country: "RO", units: MOST, hold_seconds: 60 });
  expect(held).toMatchObject({ allowed: true });
  expect(await settle(db, key, held.id, "release")).toMatchObject({ problem: null, state: "released" });
});
