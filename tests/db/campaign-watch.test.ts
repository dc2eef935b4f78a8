import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, check, newKey, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";

const NOON = "2026-06-01T10:00:00.000Z";
const at = (hours: number) => new Date(Date.parse(NOON) + hours * 3_600_000).toISOString();

let db: TestDatabase;
let workspace: Workspace;
let id: string;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  workspace = await newWorkspace(db);
  await openCountry(db, workspace, "PL", { phase: "public", user: 1000 });
  id = await asPerson(db, workspace.owner, async (sql) => {
    const [made] = await sql<{ id: string }[]>`
      select id from launch.create_campaign(${workspace.id}, 'Spring', 'spring', 'PL', ${at(1)}, ${at(11)}, p_expected_installs => 100, p_shape => 'even')`;
    await sql`select launch.move_campaign(${workspace.id}, ${made?.id ?? ""}, 'scheduled')`;
    return made?.id ?? "";
  });
});

async function watch(hours: number): Promise<void> {
  await setClock(db, at(hours));
  await db.service`select launch.watch_campaigns()`;
}
const status = async () =>
  (await db.owner<{ status: string }[]>`select status from launch.campaigns where id = ${id}`)[0]?.status;
const alerts = async () =>
  (
    await db.owner<{ text: string }[]>`
      select split_part(fingerprint, ':', 3) || ' ' || severity || ' ' || status as text from launch.alerts
      where workspace_id = ${workspace.id} and kind = 'campaign' order by 1`
  ).map(({ text }) => text);
const installs = (count: number) => db.owner`
  insert into launch.link_slots (workspace_id, campaign_id, slot_at, counts, installs) values (${workspace.id}, ${id}, ${at(1)}, 'steps', ${count})
  on conflict do nothing`;

describe("what the clock does to campaigns", () => {
  test("CAMP-10 a scheduled campaign starts at its time and ends at its end, in one go after an outage", async () => {
    await watch(0.9);
    expect(await status()).toBe("scheduled");
    await watch(1);
    expect(await status()).toBe("live");
    await watch(11);
    expect(await status()).toBe("ended");
  });

  test("CAMP-11 a live campaign whose country is paused or full is one critical alert, settled when it takes people again", async () => {
    await asPerson(
      db,
      workspace.owner,
      (sql) => sql`select launch.pause_country(${workspace.id}, 'PL', 'drill')`,
    );
    await watch(1);
    await watch(1.1);
    expect(await alerts()).toEqual(["start critical open"]);
    await asPerson(db, workspace.owner, (sql) => sql`select launch.resume_country(${workspace.id}, 'PL')`);
    await watch(1.2);
    expect(await alerts()).toEqual(["start critical resolved"]);
    const key = await newKey(db, workspace);
    await asPerson(db, workspace.owner, (sql) => sql`select launch.change_caps(${workspace.id}, 'PL', 1)`);
    await check(db, key);
    await watch(1.3);
    expect(await alerts()).toContain("start critical open");
  });

  test("CAMP-12 below half of its forecast from mid-window on is a warning, at half it is none, and it settles when it catches up", async () => {
    await watch(1);
    await watch(5.9);
    expect(await alerts()).toEqual([]);
    await watch(6);
    expect(await alerts()).toEqual(["behind warning open"]);
    await installs(25);
    await watch(6);
    expect(await alerts()).toEqual(["behind warning resolved"]);
  });

  test("CAMP-13 with launch.prCoordinator off nothing starts and nothing is told", async () => {
    await asPerson(
      db,
      workspace.owner,
      (sql) => sql`select app.set_flag(${workspace.id}, 'launch.prCoordinator', false, 'drill')`,
    );
    await watch(2);
    expect(await status()).toBe("scheduled");
  });
});
