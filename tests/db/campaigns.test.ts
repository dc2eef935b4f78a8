import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  join,
  newWorkspace,
  openCountry,
  type Person,
  type Workspace,
} from "#tests/setup/people.ts";

const NOON = "2026-06-01T10:00:00.000Z";
const HOUR = 3_600_000;
const at = (hours: number) => new Date(Date.parse(NOON) + hours * HOUR).toISOString();

let db: TestDatabase;
let workspace: Workspace;
let marketer: Person;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  workspace = await newWorkspace(db);
  marketer = await join(db, workspace, "marketing");
  await openCountry(db, workspace, "PL", { phase: "public", user: 1000 });
});

interface Plan {
  slug?: string;
  country?: string;
  from?: number;
  to?: number;
  traffic?: number;
  installs?: number;
  shape?: string;
}
type Campaign = { id: string; status: string; version: number; starts_at: Date; ends_at: Date };

async function create(plan: Plan = {}, person = marketer): Promise<Campaign> {
  const {
    slug = "spring",
    country = "PL",
    from = 24,
    to = 30,
    traffic = 5000,
    installs = 500,
    shape = "even",
  } = plan;
  const [made] = await asPerson(
    db,
    person,
    (sql) => sql<
      Campaign[]
    >`select * from launch.create_campaign(${workspace.id}, 'Spring', ${slug}, ${country}, ${at(from)}, ${at(to)},
      p_followers => 50000, p_traffic_forecast => ${traffic}, p_expected_installs => ${installs}, p_creator_inflow => 50, p_shape => ${shape})`,
  );
  if (made === undefined) throw new Error("no campaign was made");
  return made;
}
const move = (id: string, status: string, reason: string | null = null, person = marketer) =>
  asPerson(
    db,
    person,
    (sql) =>
      sql<Campaign[]>`select * from launch.move_campaign(${workspace.id}, ${id}, ${status}, ${reason})`,
  );
interface Check {
  verdict: string;
  phase: string;
  overrun: { day: string; expected: number; room: number }[];
  fits: { even: boolean; later_days: number | null; installs: number } | null;
}
async function check(id: string): Promise<Check> {
  const [row] = await asPerson(
    db,
    marketer,
    (sql) => sql<{ check: Check }[]>`select launch.check_campaign(${workspace.id}, ${id}) as check`,
  );
  if (row === undefined) throw new Error("no check");
  return row.check;
}
const hours = (from: number, to: number) => db.owner<{ hour_at: Date; registrations: number }[]>`
  select hour_at, registrations::float8 from private.campaign_hours(${workspace.id}, 'PL', ${at(from)}, ${at(to)}) order by hour_at`;

describe("campaigns", () => {
  test("CAMP-01 a forecast spreads over the hours of its window and sums to itself, evenly or halving every six hours", async () => {
    const even = await create({ installs: 600 });
    expect(await hours(0, 100)).toHaveLength(0);
    await move(even.id, "scheduled");
    expect((await hours(0, 100)).map(({ registrations }) => registrations)).toEqual([
      100, 100, 100, 100, 100, 100,
    ]);
    expect(await hours(26, 27)).toHaveLength(1);
    await move(even.id, "cancelled", "another time");
    const spike = await create({ slug: "spike", installs: 700, to: 48, shape: "spike" });
    await move(spike.id, "scheduled");
    const spread = (await hours(0, 100)).map(({ registrations }) => registrations);
    expect(spread).toHaveLength(24);
    expect(spread.reduce((sum, units) => sum + units, 0)).toBeCloseTo(700, 1);
    expect((spread[6] ?? 0) / (spread[0] ?? 1)).toBeCloseTo(0.5, 3);
  });

  test("CAMP-02 draft to scheduled to live to ended, back to draft and cancelled with a reason; nothing else", async () => {
    const { id } = await create();
    await expect(move(id, "ended")).rejects.toMatchObject({ code: "GTTRN" });
    await move(id, "scheduled");
    await move(id, "draft");
    await move(id, "live");
    await expect(move(id, "draft")).rejects.toMatchObject({ code: "GTTRN" });
    await expect(move(id, "cancelled")).rejects.toMatchObject({ code: "GTRSN" });
    await move(id, "ended");
    await expect(move(id, "live")).rejects.toMatchObject({ code: "GTTRN" });
    const actions = await db.owner`select action from app.audit_entries
      where workspace_id = ${workspace.id} and resource_type = 'campaign' order by sequence`;
    expect(actions.map(({ action }) => action)).toEqual([
      "campaign.created",
      "campaign.scheduled",
      "campaign.unscheduled",
      "campaign.started",
      "campaign.ended",
    ]);
  });

  test("CAMP-03 above 10,000 four tasks are due before the start, at 10,000 none; each is done and undone", async () => {
    const small = await create({ traffic: 10_000 });
    const { id } = await create({ slug: "large", traffic: 10_001 });
    const tasks = await db.owner<{ id: string; campaign_id: string; title: string; due_at: Date }[]>`
      select id, campaign_id, title, due_at from launch.campaign_tasks where workspace_id = ${workspace.id} order by due_at, title`;
    expect(tasks.filter(({ campaign_id }) => campaign_id === small.id)).toEqual([]);
    expect(tasks.map(({ title }) => title)).toEqual([
      "Tell the technical team",
      "Prepare moderation",
      "Prepare support",
      "Scale what serves the traffic",
    ]);
    expect(tasks.every(({ due_at }) => due_at < new Date(at(24)))).toBe(true);
    const set = (done: boolean) =>
      asPerson(
        db,
        marketer,
        (
          sql,
        ) => sql`select done_by from launch.set_campaign_task(${workspace.id}, ${id}, ${tasks[0]?.id ?? ""},
          p_owner_id => ${workspace.owner.id}, p_done => ${done})`,
      );
    expect(await set(true)).toEqual([{ done_by: marketer.id }]);
    expect(await set(false)).toEqual([{ done_by: null }]);
  });

  test("CAMP-04 a campaign within the day's room fits; one unit more is a conflict that names the day", async () => {
    const fitting = await create({ installs: 1000 });
    expect(await check(fitting.id)).toMatchObject({ verdict: "fits", overrun: [], fits: null });
    const { id } = await create({ slug: "more", installs: 1001 });
    const found = await check(id);
    expect(found).toMatchObject({ verdict: "conflict", overrun: [{ expected: 1001, room: 1000 }] });
    expect(found.fits).toMatchObject({ installs: 1000, later_days: null });
    await expect(move(id, "scheduled")).rejects.toMatchObject({ code: "GTRSN" });
    await move(id, "scheduled", "the cap will be raised on Monday");
    const [entry] = await db.owner<{ reason: string }[]>`select reason from app.audit_entries
      where workspace_id = ${workspace.id} and action = 'campaign.scheduled'`;
    expect(entry?.reason).toBe("the cap will be raised on Monday");
  });

  test("CAMP-05 what other campaigns bring is no room; a later start and an even spread are offered where they fit", async () => {
    const other = await create({ installs: 800 });
    await move(other.id, "scheduled");
    const { id } = await create({ slug: "second", installs: 400, from: 24, to: 30 });
    expect(await check(id)).toMatchObject({
      verdict: "conflict",
      overrun: [{ expected: 400, room: 200 }],
      fits: { later_days: 1, installs: 200 },
    });
    const spike = await create({ slug: "third", installs: 1500, from: 240, to: 288, shape: "spike" });
    expect((await check(spike.id)).fits).toMatchObject({ even: true });
  });

  test("CAMP-06 a country that is paused, not open or throttled is a conflict whatever its cap", async () => {
    const { id } = await create();
    await asPerson(
      db,
      workspace.owner,
      (sql) => sql`select launch.override_throttle(${workspace.id}, 2, ${at(12)}, 'drill')`,
    );
    expect((await check(id)).verdict).toBe("conflict");
    await asPerson(
      db,
      workspace.owner,
      (sql) => sql`select launch.override_throttle(${workspace.id}, null, null, 'over')`,
    );
    expect((await check(id)).verdict).toBe("fits");
    await asPerson(
      db,
      workspace.owner,
      (sql) => sql`select launch.pause_country(${workspace.id}, 'PL', 'drill')`,
    );
    expect(await check(id)).toMatchObject({ verdict: "conflict", phase: "pause" });
    const elsewhere = await create({ slug: "elsewhere", country: "DE" });
    expect(await check(elsewhere.id)).toMatchObject({ verdict: "conflict", phase: "not_launched" });
  });

  test("CAMP-07 of two editors the second is told; a live campaign keeps its country and start, one that is over does not change", async () => {
    const { id, version } = await create();
    const change = (sets: { country?: string; installs?: number }, expected: number | null = null) =>
      asPerson(
        db,
        marketer,
        (sql) => sql<
          Campaign[]
        >`select * from launch.change_campaign(${workspace.id}, ${id}, p_country => ${sets.country ?? null},
          p_expected_installs => ${sets.installs ?? null}, p_expected_version => ${expected}::int)`,
      );
    await change({ installs: 300 }, version);
    await expect(change({ installs: 400 }, version)).rejects.toMatchObject({ code: "GTVER" });
    await move(id, "live");
    await expect(change({ country: "CZ" })).rejects.toMatchObject({ code: "GTTRN" });
    await change({ installs: 200 });
    await move(id, "ended");
    await expect(change({ installs: 100 })).rejects.toMatchObject({ code: "GTTRN" });
  });

  test("CAMP-08 a duplicate is a draft of the same length at its own start; a template is made from and never started", async () => {
    const { id } = await create({ from: 24, to: 30 });
    await move(id, "scheduled");
    const copy = (slug: string, template: boolean) =>
      asPerson(
        db,
        marketer,
        (sql) =>
          sql<
            Campaign[]
          >`select * from launch.duplicate_campaign(${workspace.id}, ${id}, 'Again', ${slug}, ${at(100)}, ${template})`,
      );
    const [made] = await copy("again", false);
    expect(made).toMatchObject({ status: "draft", starts_at: new Date(at(100)), ends_at: new Date(at(106)) });
    await expect(copy("again", false)).rejects.toMatchObject({ code: "GTDUP" });
    const [template] = await copy("a-template", true);
    await expect(move(template?.id ?? "", "scheduled")).rejects.toMatchObject({ code: "GTTRN" });
    const remove = (campaign: string) =>
      asPerson(db, marketer, (sql) => sql`select launch.delete_campaign(${workspace.id}, ${campaign})`);
    await remove(template?.id ?? "");
    await expect(remove(id)).rejects.toMatchObject({ code: "GTTRN" });
  });

  test("CAMP-09 marketing, admin and owner plan; safety sees none, a viewer changes none, and another workspace hears of none", async () => {
    const { id } = await create();
    const viewer = await join(db, workspace, "viewer");
    const safety = await join(db, workspace, "safety");
    const stranger = (await newWorkspace(db)).owner;
    await expect(move(id, "scheduled", null, viewer)).rejects.toMatchObject({ code: "GTROL" });
    await expect(create({ slug: "no" }, safety)).rejects.toMatchObject({ code: "GTROL" });
    await expect(move(id, "scheduled", null, stranger)).rejects.toMatchObject({ code: "GTNIL" });
    const seen = (person: Person) =>
      asPerson(
        db,
        person,
        (sql) => sql`select id from launch.campaigns where workspace_id = ${workspace.id}`,
      );
    expect(await seen(viewer)).toHaveLength(1);
    expect(await seen(safety)).toHaveLength(0);
    await move(id, "scheduled", null, await join(db, workspace, "admin"));
  });
});
