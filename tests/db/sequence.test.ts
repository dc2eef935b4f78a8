import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newWorkspace, type Person, type Workspace } from "#tests/setup/people.ts";

const NOON = "2026-06-01T12:00:00.000Z";
const WAVE = ["PL", "CZ", "SK", "HR", "RO", "BG", "GR", "IT"];

let db: TestDatabase;
let workspace: Workspace;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  workspace = await newWorkspace(db);
});

const as = <T>(person: Person, work: Parameters<typeof asPerson<T>>[2]) => asPerson(db, person, work);
const install = (template = "eu_first_wave", person = workspace.owner) =>
  as(person, (sql) => sql`select launch.add_sequence_countries(${workspace.id}, null, ${template}) as added`);
const reorder = (order: string[], version: number | null = null, person = workspace.owner) =>
  as(
    person,
    (sql) =>
      sql`select launch.reorder_sequence(${workspace.id}, ${order}::text[], ${version}::int) as version`,
  );
const depend = (country: string, needs: string, phase: string | null = "public") =>
  as(
    workspace.owner,
    (sql) =>
      sql`select launch.set_sequence_dependency(${workspace.id}, ${country}, ${needs}, ${phase}, 14, 'medium')`,
  );
const order = async () =>
  (
    await db.owner<{ country: string }[]>`
      select country from launch.sequence_steps where workspace_id = ${workspace.id} order by position`
  ).map(({ country }) => country);

describe("the market sequence", () => {
  test("SEQ-01 a template installs its countries in order, lists those that are not, and adds none twice", async () => {
    expect(await install()).toEqual([{ added: 8 }]);
    expect(await order()).toEqual(WAVE);
    expect(await install()).toEqual([{ added: 0 }]);
    expect(await install("dach")).toEqual([{ added: 3 }]);
    expect(await order()).toEqual([...WAVE, "AT", "CH", "DE"]);
    const phases =
      await db.owner`select distinct phase from launch.countries where workspace_id = ${workspace.id}`;
    expect([...phases]).toEqual([{ phase: "not_launched" }]);
    const items = await db.owner`select 1 from launch.checklist_items where workspace_id = ${workspace.id}`;
    expect(items).toHaveLength(8);
  });

  test("SEQ-02 a new order names each country once, and of two editors the second is told", async () => {
    await install();
    const swapped = ["CZ", "PL", ...WAVE.slice(2)];
    const [was] = await db.owner<
      { version: number }[]
    >`select version from launch.sequences where workspace_id = ${workspace.id}`;
    await reorder(swapped, was?.version ?? 0);
    expect(await order()).toEqual(swapped);
    await expect(reorder(WAVE, was?.version ?? 0)).rejects.toMatchObject({ code: "GTVER" });
    await expect(reorder(WAVE.slice(1))).rejects.toMatchObject({ code: "GTINV" });
    await expect(reorder([...WAVE.slice(1), "CZ"])).rejects.toMatchObject({ code: "GTINV" });
    expect(await order()).toEqual(swapped);
  });

  test("SEQ-02 two orders set at once leave one of them whole", async () => {
    await install();
    const orders = [WAVE.toReversed(), ["IT", ...WAVE.slice(0, 7)]];
    await Promise.all(orders.map((next) => reorder(next)));
    expect(orders).toContainEqual(await order());
    const positions = await db.owner<{ position: number }[]>`
      select position from launch.sequence_steps where workspace_id = ${workspace.id} order by 1`;
    expect(positions.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test("SEQ-03 a country leaves the sequence, the others close up, and nothing waits for it any more", async () => {
    await install();
    await depend("SK", "CZ");
    await as(workspace.owner, (sql) => sql`select launch.remove_sequence_country(${workspace.id}, 'CZ')`);
    expect(await order()).toEqual(WAVE.filter((code) => code !== "CZ"));
    expect(
      await db.owner`select 1 from launch.sequence_dependencies where workspace_id = ${workspace.id}`,
    ).toHaveLength(0);
    await expect(
      as(workspace.owner, (sql) => sql`select launch.remove_sequence_country(${workspace.id}, 'CZ')`),
    ).rejects.toMatchObject({ code: "GTNIL" });
  });

  test("SEQ-04 countries never wait for each other, over however many others", async () => {
    await install();
    await depend("CZ", "PL");
    await depend("SK", "CZ");
    await expect(depend("PL", "SK")).rejects.toMatchObject({ code: "GTTRN" });
    await expect(depend("PL", "PL")).rejects.toMatchObject({ code: "GTTRN" });
    await expect(depend("PL", "NO")).rejects.toMatchObject({ code: "GTNIL" });
    await depend("CZ", "PL", null);
    await depend("PL", "SK");
  });

  test("SEQ-05 who may not manage the sequence changes nothing, and another workspace hears of nothing", async () => {
    await install();
    const stranger = (await newWorkspace(db)).owner;
    for (const role of ["marketing", "safety", "viewer"] as const) {
      const person = await join(db, workspace, role);
      await expect(reorder(WAVE.toReversed(), null, person)).rejects.toMatchObject({ code: "GTROL" });
      const seen = await as(person, (sql) => sql`select country from launch.read_sequence(${workspace.id})`);
      expect(seen).toHaveLength(8);
    }
    await expect(reorder(WAVE.toReversed(), null, stranger)).rejects.toMatchObject({ code: "GTNIL" });
    await expect(
      as(stranger, (sql) => sql`select * from launch.read_sequence(${workspace.id})`),
    ).rejects.toMatchObject({ code: "GTNIL" });
    expect(await order()).toEqual(WAVE);
  });

  test("SEQ-06 a checklist is ticked by name and can be unticked; items that stay keep their ticks", async () => {
    await install();
    const [item] = await db.owner<{ id: string; title: string }[]>`
      select id, title from launch.checklist_items where workspace_id = ${workspace.id} order by position limit 1`;
    const tick = (done: boolean) =>
      as(
        workspace.owner,
        (sql) => sql`select launch.tick_checklist(${workspace.id}, 'PL', ${item?.id ?? ""}, ${done})`,
      );
    const ticks = () =>
      db.owner`select ticked_by from launch.checklist_ticks where workspace_id = ${workspace.id}`;
    await tick(true);
    await tick(true);
    expect([...(await ticks())]).toEqual([{ ticked_by: workspace.owner.id }]);
    await as(
      workspace.owner,
      (sql) => sql`select launch.set_checklist(${workspace.id}, ${["Another", item?.title ?? ""]}::text[])`,
    );
    expect(await ticks()).toHaveLength(1);
    await tick(false);
    expect(await ticks()).toHaveLength(0);
  });
});
