import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { drawing, dryRun, setInstant } from "#tests/setup/dry-runs.ts";
import { asPerson, check, join, newKey, newWorkspace, openCountry } from "#tests/setup/people.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const NOON = "2026-06-01T10:00:00.000Z";

async function opened() {
  await setClock(db, NOON);
  const workspace = await newWorkspace(db);
  const key = await newKey(db, workspace);
  await openCountry(db, workspace, "PL", { user: 100 });
  return { workspace, key, from: Date.parse(NOON) };
}

const LIMIT = "payments_per_minute";

/** Two hours of evaluations, one a minute, of a measurement that wanders around `limit`; a check each minute. */
async function loaded(limit: number) {
  const one = await opened();
  const draw = drawing(7);
  await db.owner`update launch.limits set value = ${limit}, source = 'reported', kind = 'static' where workspace_id = ${one.workspace.id} and name = ${LIMIT}`;
  await db.owner`update launch.limits set enabled = false where workspace_id = ${one.workspace.id} and name <> ${LIMIT}`;
  for (let minute = 1; minute <= 90; minute++) {
    await setInstant(db, one.from + minute * 60_000);
    await db.owner`insert into launch.measurements (workspace_id, name, measured_at, received_at, value)
      select ${one.workspace.id}, ${LIMIT}, launch.now(), launch.now(), ${40 + draw(100)}`;
    await db.service`select launch.evaluate_load(${one.workspace.id})`;
    await setInstant(db, one.from + minute * 60_000 + 5000);
    await check(db, one.key);
  }
  await setInstant(db, one.from + 100 * 60_000);
  return one;
}

const proposed = (value: number) => ({ limits: [{ name: LIMIT, value, kind: "static" }] });
const levelsOf = async (workspaceId: string) =>
  (
    await db.owner<{ level: number }[]>`
      select throttle_level::int as level from launch.receipts where workspace_id = ${workspaceId} order by decided_at`
  ).map((row) => row.level);

describe("load", () => {
  test("DRY-05 proposed limits give the levels that the load gate would have set, and refuse what it would have refused", async () => {
    const was = await loaded(100);
    const same = await dryRun(db, was.workspace, proposed(100), 1);
    expect(same.results.map((day) => day.differences)).toEqual([0]);
    expect(Math.max(...(await levelsOf(was.workspace.id)))).toBeGreaterThanOrEqual(2);
    const tried = await dryRun(db, was.workspace, proposed(140), 1);
    const would = await loaded(140);
    const [count] = await db.owner<{ units: number }[]>`
      select sum(units)::int as units from launch.receipts where workspace_id = ${would.workspace.id} and allowed`;
    expect(tried.results[0]?.would.reduce((total, units) => total + units, 0)).toBe(count?.units);
    expect(tried.results[0]?.gained).toBeGreaterThan(0);
    const minutes = await levelsOf(would.workspace.id);
    expect(tried.facts.load).toMatchObject({
      would: [1, 2, 3].map((level) => minutes.filter((one) => one === level).length),
    });
  });
});

describe("risk and threats", () => {
  test("DRY-06 a scorecard says which countries it would have paused, and a rule what it would have found", async () => {
    const { workspace, from } = await opened();
    await setInstant(db, from + 4 * 3_600_000);
    await db.owner`
      insert into launch.region_kpis (workspace_id, country, at, installs, verified, active_users, active_chats, revenue_minor, currency, revenues,
        missing_currencies, chargebacks, charged_back, support_volume, safety_incidents, events)
      select ${workspace.id}, 'PL', ${NOON}::timestamptz + n * interval '1 hour', 100, 90, 500, 10, 900000, 'USD', '{}', '{}', 0, '{}', 0, n * 10, 1000
      from generate_series(1, 3) n`;
    const card = (threshold: number) => ({
      rules: [{ metric: "safety_incidents", comparison: "above", threshold, points: 3, trip: true }],
      minimum_active_users: 50,
      medium_from: 3,
      high_from: 5,
      critical_from: 7,
    });
    const strict = await dryRun(db, workspace, { scorecard: card(15) }, 1);
    expect(strict.facts.risk).toMatchObject({ pauses: [{ country: "PL" }], was_paused: [] });
    const lax = await dryRun(db, workspace, { scorecard: card(50) }, 1);
    expect(lax.facts.risk).toMatchObject({ pauses: [] });
    const rule = { rule: "device_farm", threshold: 2, window_minutes: 60, counts_per: "device" };
    const { facts, status } = await dryRun(db, workspace, { threats: [rule] }, 7);
    expect(status).toBe("done");
    expect(facts.threats).toEqual([
      { rule: "device_farm", was: 0, was_entities: 0, would: 0, would_entities: 0 },
    ]);
  });
});

describe("a run", () => {
  test("DRY-07 is cancelled, taken up by a job, and refused to those who may not and for what cannot be replayed", async () => {
    const { workspace, key, from } = await opened();
    await setInstant(db, from + 60_000);
    await check(db, key);
    const ask = (proposal: string, days: number, person = workspace.owner) =>
      asPerson(db, person, async (sql) => {
        const [row] = await sql<{ id: string }[]>`
          select launch.create_dry_run(${workspace.id}, ${proposal}::text::jsonb, ${days}) as id`;
        return row?.id ?? "";
      });
    const read = async (id: string) =>
      (await db.owner`select status, place, places from launch.dry_runs where id = ${id}`)[0];
    const cancelled = await ask("{}", 2);
    await asPerson(
      db,
      workspace.owner,
      (sql) => sql`select launch.cancel_dry_run(${workspace.id}, ${cancelled})`,
    );
    const left = await ask("{}", 2);
    await db.service`select launch.run_dry_runs()`;
    expect(await read(cancelled)).toMatchObject({ status: "cancelled", place: 0 });
    expect(await read(left)).toMatchObject({ status: "done", place: 3, places: 3 });
    const viewer = await join(db, workspace, "viewer");
    await expect(ask("{}", 1, viewer)).rejects.toMatchObject({ code: "GTROL" });
    for (const [proposal, days] of [
      ["{}", 31],
      ['{"countries": {"ZZ": {}}}', 1],
      ['{"countries": {"PL": {"user_units": -1}}}', 1],
      ['{"limits": [{"name": "nothing", "value": 1, "kind": "static"}]}', 1],
      ['{"threats": [{"rule": "device_farm", "threshold": 1, "window_minutes": 5}]}', 1],
    ] as const) {
      await expect(ask(proposal, days), proposal).rejects.toMatchObject({ code: "GTINV" });
    }
  });
});
