import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { keepDemand, openTime } from "#tests/setup/demand.ts";
import { createExperiment } from "#tests/setup/experiments.ts";
import { asPerson, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";

const NOON = "2026-06-01T10:00:00.000Z";
const at = (hours: number) => new Date(Date.parse(NOON) + hours * 3_600_000).toISOString();

interface Check {
  verdict: string;
  days: { day: string; cap: number; room: number }[];
  fits: { sub_quota: number | null } | null;
}

let db: TestDatabase;
let workspace: Workspace;
let drawn = 0;
beforeAll(async () => {
  db = await testDatabase();
  await openTime(db, Date.parse(at(-10 * 24)), Date.parse(NOON));
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  workspace = await newWorkspace(db);
  await openCountry(db, workspace, "PL", { phase: "public", user: 1000 });
});

/** Plans a campaign of tomorrow morning. */
async function campaign(installs: number, quota: number | null = null): Promise<string> {
  drawn += 1;
  const [made] = await asPerson(
    db,
    workspace.owner,
    (sql) => sql<{ id: string }[]>`
      select id from launch.create_campaign(${workspace.id}, 'Spring', ${`spring-${drawn}`}, 'PL', ${at(24)}, ${at(30)}, p_expected_installs => ${installs},
        p_shape => 'even', p_sub_quota => ${quota}::int)`,
  );
  return made?.id ?? "";
}
async function checked(id: string): Promise<Check> {
  const [row] = await asPerson(
    db,
    workspace.owner,
    (sql) => sql<{ check: Check }[]>`select launch.check_campaign(${workspace.id}, ${id}) as check`,
  );
  if (row === undefined) throw new Error("nothing was checked");
  return row.check;
}

test("CAMP-15 a sub-quota makes room of the country's own demand and no more than the cap, and is offered where it helps", async () => {
  await keepDemand(db, workspace, "PL", {
    from: Date.parse(at(-7 * 24)),
    to: Date.parse(NOON),
    counts: () => 10,
  });
  // The day brings 240 by itself: 760 are left, and all 1,000 for whoever keeps them.
  expect(await checked(await campaign(900))).toMatchObject({ verdict: "conflict", fits: { sub_quota: 900 } });
  expect(await checked(await campaign(900, 899))).toMatchObject({ verdict: "conflict" });
  expect(await checked(await campaign(900, 900))).toMatchObject({ verdict: "fits", fits: null });
  expect(await checked(await campaign(1001))).toMatchObject({ fits: { sub_quota: null } });
  expect(await checked(await campaign(1001, 2000))).toMatchObject({ verdict: "conflict" });
});

test("CAMP-15 what another campaign keeps for itself is no room, where it is more than what it brings", async () => {
  const other = await campaign(100, 400);
  expect((await checked(await campaign(1000))).verdict).toBe("fits");
  await asPerson(
    db,
    workspace.owner,
    (sql) => sql`select launch.move_campaign(${workspace.id}, ${other}, 'scheduled')`,
  );
  expect((await checked(await campaign(600))).verdict).toBe("fits");
  expect((await checked(await campaign(601))).verdict).toBe("conflict");
});

test("CAMP-16 the room of a day to come follows the cap that an experiment plans for it", async () => {
  const { id } = await createExperiment(db, workspace, { from: "2026-06-02", a: 300, b: 500 });
  const [day] = await db.owner<{ cap: number }[]>`
    select case d.arm when 'A' then 300 else 500 end as cap from launch.experiment_days d where d.experiment_id = ${id} and d.day_on = '2026-06-02'`;
  const { days } = await checked(await campaign(10));
  expect(days).toMatchObject([{ day: "2026-06-02", cap: day?.cap, room: day?.cap }]);
});
