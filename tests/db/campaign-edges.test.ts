import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { keepDemand, openTime } from "#tests/setup/demand.ts";
import { asPerson, check, newKey, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";

const NOON = "2026-06-01T10:00:00.000Z";
const HOUR = 3_600_000;
const at = (hours: number) => new Date(Date.parse(NOON) + hours * HOUR).toISOString();

let db: TestDatabase;
let workspace: Workspace;

beforeAll(async () => {
  db = await testDatabase();
  await openTime(db, Date.parse(at(-10 * 24)), Date.parse(NOON));
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  workspace = await opened();
});

async function opened(user = 1000): Promise<Workspace> {
  const made = await newWorkspace(db);
  await openCountry(db, made, "PL", { phase: "public", user });
  return made;
}
const act = <T extends object>(statement: string, { id, owner }: Workspace = workspace) =>
  asPerson(db, owner, (sql) => sql.unsafe<T[]>(`select ${statement.replaceAll("$W", `'${id}'`)}`));
let made = 0;

interface Plan {
  from?: number;
  to?: number;
  installs?: number;
  status?: "draft" | "scheduled" | "live";
  where?: Workspace;
}
/** Plans an even campaign of PL and moves it on, whether it fits or not. */
async function campaign({
  from = 1,
  to = 11,
  installs = 100,
  status = "draft",
  where = workspace,
}: Plan = {}): Promise<string> {
  made += 1;
  const [row] = await act<{ id: string }>(
    `id from launch.create_campaign($W, 'Spring', 'spring-${made}', 'PL', '${at(from)}', '${at(to)}',
      p_expected_installs => ${installs}, p_shape => 'even')`,
    where,
  );
  const id = row?.id ?? "";
  if (status !== "draft") await act(`launch.move_campaign($W, '${id}', '${status}', 'all the same')`, where);
  return id;
}
async function fits(id: string): Promise<boolean> {
  const [row] = await act<{ verdict: string }>(
    `c ->> 'verdict' as verdict from launch.check_campaign($W, '${id}') c`,
  );
  return row?.verdict === "fits";
}
const watch = async (hours: number) => {
  await setClock(db, at(hours));
  await db.service`select launch.watch_campaigns()`;
};
const alerts = async () =>
  (
    await db.owner<{ text: string }[]>`
      select split_part(fingerprint, ':', 3) || ' ' || status as text from launch.alerts
      where workspace_id = ${workspace.id} and kind = 'campaign' order by id`
  ).map(({ text }) => text);

describe("the room of a day", () => {
  test("CAMP-50 what today has used is no room today, and is room tomorrow", async () => {
    await check(db, await newKey(db, workspace), { units: 400 });
    expect(await fits(await campaign({ installs: 600 }))).toBe(true);
    expect(await fits(await campaign({ installs: 601 }))).toBe(false);
    expect(await fits(await campaign({ from: 24, to: 30, installs: 1000 }))).toBe(true);
  });

  test("CAMP-51 what the country's own history expects of a day is no room, before the campaign's start as well as after it", async () => {
    await keepDemand(db, workspace, "PL", {
      from: Date.parse(at(-7 * 24)),
      to: Date.parse(NOON),
      counts: () => 10,
    });
    // Tomorrow's 24 hours bring ten each, whatever hour the campaign starts at.
    const day = { from: 24, to: 30 };
    expect(await fits(await campaign({ ...day, installs: 760 }))).toBe(true);
    expect(await fits(await campaign({ ...day, installs: 761 }))).toBe(false);
  });

  test("CAMP-58 what another campaign brings earlier on the same day is no room", async () => {
    await campaign({ from: 15, to: 20, installs: 900, status: "scheduled" });
    expect(await fits(await campaign({ from: 24, to: 30, installs: 100 }))).toBe(true);
    expect(await fits(await campaign({ from: 24, to: 30, installs: 101 }))).toBe(false);
  });

  test("CAMP-52 of a campaign under way the hours to come alone ask for room", async () => {
    const id = await campaign({ from: 1, to: 11, installs: 2000, status: "scheduled" });
    expect(await fits(id)).toBe(false);
    await setClock(db, at(6));
    expect(await fits(id)).toBe(true);
  });

  test("CAMP-53 another workspace's campaigns take no room here", async () => {
    const other = await opened();
    await campaign({ installs: 900, status: "scheduled", where: other });
    expect(await fits(await campaign({ installs: 1000 }))).toBe(true);
  });

  test("CAMP-54 a throttle level that somebody forced stands against a campaign until its end and not longer", async () => {
    const id = await campaign({ from: 24, to: 30 });
    await act(`launch.override_throttle($W, 2, '${at(2)}', 'drill')`);
    expect(await fits(id)).toBe(false);
    await setClock(db, at(2));
    expect(await fits(id)).toBe(true);
  });
});

describe("what the clock does to campaigns", () => {
  test("CAMP-55 a country that was full yesterday is not full before it is asked today", async () => {
    await campaign({ from: 1, to: 30, status: "scheduled" });
    await act("launch.change_caps($W, 'PL', 1)");
    await check(db, await newKey(db, workspace));
    await watch(11.99);
    expect(await alerts()).toEqual(["start open"]);
    // Midnight in Warsaw; the counter still holds the day that is over.
    await watch(12);
    expect(await alerts()).toEqual(["start resolved"]);
  });

  test("CAMP-56 a campaign is held against its own plan, not with another's of the same country", async () => {
    const id = await campaign({ installs: 100, status: "scheduled" });
    await campaign({ from: 1, to: 40, installs: 800, status: "scheduled" });
    await db.owner`insert into launch.link_slots (workspace_id, campaign_id, slot_at, installs)
      values (${workspace.id}, ${id}, ${at(1)}, 25)`;
    await watch(1);
    await watch(6);
    expect(await alerts()).toEqual([]);
  });

  test("CAMP-57 the alerts of a campaign end with it, by the clock as at a person's word", async () => {
    await campaign({ status: "scheduled" });
    const second = await campaign({ status: "scheduled", to: 30 });
    await act("launch.pause_country($W, 'PL', 'drill')");
    await watch(7);
    expect(await alerts()).toEqual(["start open", "behind open", "start open"]);
    await watch(11);
    expect(await alerts()).toEqual(["start resolved", "behind resolved", "start open"]);
    await act(`launch.move_campaign($W, '${second}', 'ended')`);
    expect(await alerts()).toEqual(["start resolved", "behind resolved", "start resolved"]);
  });
});

test("CAMP-59 a task is given to members of the workspace alone", async () => {
  const id = await campaign();
  const give = ({ owner }: Workspace) =>
    act(`launch.set_campaign_task($W, '${id}', null, 'Prepare support', null, '${owner.id}')`);
  await expect(give(await opened())).rejects.toMatchObject({ code: "GTNIL" });
  await give(workspace);
});
