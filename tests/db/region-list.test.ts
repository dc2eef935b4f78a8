import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { asUser } from "#lib/db/as-user.ts";
import { readRegions } from "#lib/regions/region-pages.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";

const NOON = "2026-06-10T12:00:00.000Z";
const HOURS = 90 * 24;
const CODES = ["PL", "CZ", "SK", "HR", "RO", "BG", "GR", "IT"];

let db: TestDatabase;
let w: Workspace;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
});
afterAll(() => db.close());
beforeEach(async () => {
  w = await newWorkspace(db);
});

/** Hours up to noon in each country, `active` in the nth hour before it. */
async function furnish(active: (country: string, ago: number) => number): Promise<void> {
  const rows = CODES.flatMap((country) =>
    Array.from({ length: HOURS }, (_, ago) => ({
      country,
      at: new Date(Date.parse(NOON) - ago * 3_600_000).toISOString(),
      active: active(country, ago),
    })),
  );
  await db.owner`
    insert into launch.region_hours (workspace_id, country, hour_at, installs, verified, active_users, active_chats, revenue_minor, currency,
      revenues, missing_currencies, chargebacks, charged_back, support_volume, safety_incidents, events)
    select ${w.id}, x.country, x.at, 0, 0, x.active, 0, 0, 'USD', '{}', '{}', 0, '{}', 0, 0, 1
    from unnest(${rows.map(({ country }) => country)}::text[], ${rows.map(({ at }) => at)}::timestamptz[], ${rows.map((row) => row.active)}::int[])
      as x (country, at, active)`;
  await db.owner`
    insert into launch.region_kpis (workspace_id, country, at, installs, verified, active_users, active_chats, revenue_minor, currency,
      revenues, missing_currencies, chargebacks, charged_back, support_volume, safety_incidents, events)
    select workspace_id, country, hour_at, 0, 0, 100, 0, 0, 'USD', '{}', '{}', 0, '{}', 0, 0, 1 from launch.region_hours
    where workspace_id = ${w.id} and hour_at > ${NOON}::timestamptz - interval '2 hours'`;
}

const read = () => asUser({ sub: w.owner.id }, (tx) => readRegions(tx, w.id));
const blocks = async () =>
  (
    await db.owner<{ n: number }[]>`
      select (idx_blks_read + idx_blks_hit)::int as n from pg_statio_user_indexes where indexrelname = 'region_hours_pkey'`
  )[0]?.n ?? 0;

test("KPI-38 the list of regions shows the newest snapshot with the active users of the 24 hours that end with it, hour by hour", async () => {
  await openCountry(db, w, "PL");
  await furnish((country, ago) => (country === "PL" ? ago : 7));
  const regions = await read();
  expect(regions.map(({ code }) => code)).toEqual(["BG", "HR", "CZ", "GR", "IT", "PL", "RO", "SK"]);
  const poland = regions.find(({ code }) => code === "PL");
  expect(poland).toMatchObject({ at: NOON, phase: "soft", risk: null, kpis: { active_users: 100 } });
  expect(poland?.trend).toEqual(Array.from({ length: 24 }, (_, hour) => 23 - hour));
  expect(regions.find(({ code }) => code === "IT")).toMatchObject({ phase: null, trend: Array(24).fill(7) });
});

test("KPI-39 it finds each country's last day in the index, whatever lies behind it", async () => {
  await furnish(() => 1);
  await db.owner`analyze launch.region_hours`;
  const before = await blocks();
  await asUser({ sub: w.owner.id }, async (tx) => {
    await readRegions(tx, w.id);
    await tx.execute("select pg_stat_force_next_flush()");
  });
  await expect.poll(blocks, { timeout: 10_000 }).toBeGreaterThan(before);
  // Three levels down to each of the eight countries, and to the workspace; all their hours are more than 180 pages.
  expect((await blocks()) - before).toBeLessThan(60);
});
