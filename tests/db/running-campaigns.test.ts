import { afterAll, beforeAll, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  check,
  join,
  newKey,
  newWorkspace,
  openCountry,
  type Person,
  type Workspace,
} from "#tests/setup/people.ts";

const NOON = "2026-06-01T10:00:00.000Z";
const at = (hours: number) => new Date(Date.parse(NOON) + hours * 3_600_000).toISOString();

let db: TestDatabase;
let w: Workspace;
beforeAll(async () => {
  db = await testDatabase();
  await setClock(db, NOON);
  w = await newWorkspace(db);
  await openCountry(db, w, "PL", { phase: "public", user: 2000 });
});
afterAll(() => db.close());

type Row = {
  id: string;
  name: string;
  status: string;
  clicks_by_now: number;
  installs_by_now: number;
  behind: boolean;
  door: string;
} & Record<"clicks" | "installs" | "registrations", number>;
const running = (person: Person = w.owner, workspace = w) =>
  asPerson(db, person, (sql) => sql<Row[]>`select * from launch.read_running_campaigns(${workspace.id})`);

/** A campaign of 100 clicks and 10 installs an hour, moved to a status. */
async function plan(
  name: string,
  [from, to]: [number, number],
  status: "draft" | "scheduled" | "live" | "template",
) {
  return asPerson(db, w.owner, async (sql) => {
    const hours = Math.round(to - from);
    const [made] = await sql<{ id: string }[]>`
      select id from launch.create_campaign(${w.id}, ${name}, ${name.toLowerCase().replaceAll(" ", "-")}, 'PL', ${at(from)}, ${at(to)}, p_shape => 'even',
        p_traffic_forecast => ${hours * 100}::int, p_expected_installs => ${hours * 10}::int, p_template => ${status === "template"})`;
    if (status === "scheduled" || status === "live")
      await sql`select launch.move_campaign(${w.id}, ${made?.id ?? ""}, ${status})`;
    return made?.id ?? "";
  });
}
const count = (id: string, clicks: number, installs: number) => db.owner`
  insert into launch.link_slots (workspace_id, campaign_id, slot_at, clicks, installs, registrations)
  values (${w.id}, ${id}, ${NOON}, ${clicks}, ${installs}, ${installs - 1})`;

test("MIS-24 mission control shows live campaigns first and those that start within 24 hours, and no others", async () => {
  await plan("Within a day", [24, 40], "scheduled");
  await plan("After a day", [24.1, 40], "scheduled");
  await plan("Draft", [1, 2], "draft");
  await plan("Template", [1, 2], "template");
  await plan("Live", [0, 10], "live");
  expect((await running()).map(({ name, status }) => `${name} ${status}`)).toEqual([
    "Live live",
    "Within a day scheduled",
  ]);
});

test("MIS-25 what was expected by now is whole hours and the part of the one under way; below half of the installs from mid-window on is behind", async () => {
  const [live] = await running();
  const id = live?.id ?? "";
  expect(live).toMatchObject({ clicks_by_now: 0, installs_by_now: 0, clicks: 0, installs: 0, behind: false });
  await count(id, 320, 24);
  await setClock(db, at(4.5));
  expect((await running())[0]).toMatchObject({
    clicks_by_now: 450,
    installs_by_now: 45,
    clicks: 320,
    installs: 24,
    registrations: 23,
    behind: false,
  });
  await setClock(db, at(4.9));
  expect((await running())[0]).toMatchObject({ behind: false });
  await db.owner`update launch.link_slots set installs = 25 where campaign_id = ${id}`;
  await setClock(db, at(5));
  expect((await running())[0]).toMatchObject({ installs_by_now: 50, behind: false });
  await db.owner`update launch.link_slots set installs = 24 where campaign_id = ${id}`;
  expect((await running())[0]).toMatchObject({ behind: true });
  await setClock(db, at(12));
  expect((await running())[0]).toMatchObject({ clicks_by_now: 1000, installs_by_now: 100 });
});

test("MIS-26 a campaign's door is its country's: open, full, paused", async () => {
  await setClock(db, at(5));
  const door = async () => (await running())[0]?.door;
  expect(await door()).toBe("open");
  await asPerson(db, w.owner, (sql) => sql`select launch.change_caps(${w.id}, 'PL', 1)`);
  await check(db, await newKey(db, w));
  expect(await door()).toBe("cap_reached");
  await asPerson(db, w.owner, (sql) => sql`select launch.pause_country(${w.id}, 'PL', 'A drill')`);
  expect(await door()).toBe("paused");
});

test("MIS-27 who may not read campaigns gets none, and another workspace's are not there", async () => {
  const safety = await join(db, w, "safety");
  await expect(running(safety)).rejects.toMatchObject({ code: "GTROL" });
  expect((await running(await join(db, w, "viewer"))).length).toBeGreaterThan(0);
  const other = await newWorkspace(db);
  expect(await running(other.owner, other)).toEqual([]);
  await expect(running(other.owner)).rejects.toMatchObject({ code: "GTNIL" });
});
