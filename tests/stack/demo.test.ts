import { afterAll, beforeAll, expect, test } from "vitest";
import { drawKey } from "#lib/workspace/key-format.ts";
import { DEMO_SLUG, seedDemo } from "#stack/demo.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newPerson } from "#tests/setup/people.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  const owner = await newPerson(db);
  await db.owner.begin((tx) => seedDemo(tx, owner, drawKey().key));
});
afterAll(() => db.close());

test("STACK-40 a new demo has a campaign that is over, with clicks, what followed them and revenue beside what was forecast", async () => {
  const [sample] = await db.owner<
    Record<"clicks" | "bots" | "installs" | "registrations" | "creators" | "purchases" | "earned", number>[]
  >`
    select a.clicks, a.bots, a.installs, a.registrations, a.creators, a.purchases, (a.revenues ->> 'PLN')::int as earned
    from launch.campaigns c join app.workspaces w on w.id = c.workspace_id join launch.campaign_actuals a on a.campaign_id = c.id
    where w.slug = ${DEMO_SLUG} and c.slug = 'sample-debut' and c.status = 'ended' and c.traffic_forecast = 1000
      and c.expected_installs = 200 and c.cost_minor = 150000 and c.ends_at <= launch.now()`;
  expect(sample).toMatchObject({ clicks: 912, bots: 71 });
  const { installs = 0, registrations = 0, creators = 0, purchases = 0, earned = 0 } = sample ?? {};
  expect(installs).toBeGreaterThan(150);
  expect(installs).toBeLessThan(210);
  expect(registrations).toBeGreaterThan(installs * 0.85);
  expect(registrations).toBeLessThan(installs);
  expect(creators).toBeGreaterThan(3);
  expect(purchases).toBeGreaterThan(30);
  expect(earned).toBeGreaterThan(150_000);
  const events = await db.owner`select distinct source from launch.events`;
  expect(events).toEqual([{ source: "/sample" }]);
});

test("STACK-41 the sample's traffic raises no alert and moves no country", async () => {
  const [workspace] = await db.owner<{ id: string }[]>`select id from app.workspaces`;
  const id = workspace?.id ?? null;
  await db.service`select launch.watch_campaigns()`;
  await db.service`select launch.roll_up_events(${id}, 100)`;
  await db.service`select launch.record_kpis(${id})`;
  await db.service`select launch.evaluate_risk(${id})`;
  await db.service`select launch.evaluate_threats(${id}, launch.now(), launch.now() - interval '2 days')`;
  expect(await db.owner`select sum(installs) > 150 as counted from launch.region_days`).toEqual([
    { counted: true },
  ]);
  const alerts = await db.owner`select kind, title from launch.alerts`;
  expect(alerts).toEqual([]);
  const moved = await db.owner`select action from launch.policy_versions where changed_at > launch.now()`;
  expect(moved).toEqual([]);
});
