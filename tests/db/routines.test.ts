import { afterAll, beforeEach, expect, test } from "vitest";
import { setClock, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newWorkspace, type Person, type Workspace } from "#tests/setup/people.ts";

const db = await testDatabase();
afterAll(() => db.close());

let w: Workspace;
beforeEach(async () => {
  await setClock(db, "2026-06-01T21:30:00.000Z");
  w = await newWorkspace(db);
});

type Row = {
  id: string;
  routine: string;
  title: string;
  ticked_by: string | null;
  day_on: string;
  version: number;
};
const read = (person: Person = w.owner) =>
  asPerson(db, person, (sql) => sql<Row[]>`select *, day_on::text from launch.read_routines(${w.id})`);
const tick = (person: Person, id: string, done = true) =>
  asPerson(db, person, (sql) => sql`select launch.tick_routine(${w.id}, ${id}, ${done})`);
const save = (person: Person, items: unknown, zone = "UTC", version: number | null = null) =>
  asPerson(
    db,
    person,
    (sql) =>
      sql`select launch.set_routine(${w.id}, 'morning', ${sql.json(items as never)}, ${zone}, ${version})`,
  );
const morning = async () => (await read()).filter(({ routine }) => routine === "morning");

test("MIS-30 a workspace begins with the launch plan's routines, and each tick says who and stays theirs", async () => {
  const items = await morning();
  expect(items.map(({ title }) => title)).toEqual([
    "Check overnight metrics",
    "Review any auto-pauses",
    "Verify scheduled campaigns",
  ]);
  expect(new Set((await read()).map(({ routine }) => routine)).size).toBe(7);
  const safety = await join(db, w, "safety");
  const id = items[0]?.id ?? "";
  await tick(safety, id);
  await tick(w.owner, id);
  expect((await morning())[0]?.ticked_by).toBe(safety.email);
  await tick(w.owner, id, false);
  expect((await morning())[0]?.ticked_by).toBeNull();
  const written = await db.owner`select action, actor_label from app.audit_entries
    where workspace_id = ${w.id} and action like 'routine.%' order by sequence`;
  expect(written).toEqual([
    { action: "routine.ticked", actor_label: safety.email },
    { action: "routine.unticked", actor_label: w.owner.email },
  ]);
});

test("MIS-31 a tick holds until midnight where the routines are at home", async () => {
  await save(w.owner, [{ title: "Look", path: null }], "Europe/Warsaw");
  const [item] = await morning();
  expect(item?.day_on).toBe("2026-06-01");
  await tick(w.owner, item?.id ?? "");
  await setClock(db, "2026-06-01T21:59:59.000Z");
  expect((await morning())[0]?.ticked_by).toBe(w.owner.email);
  await setClock(db, "2026-06-01T22:00:00.000Z");
  expect((await morning())[0]).toMatchObject({ ticked_by: null, day_on: "2026-06-02" });
});

test("MIS-32 an edit keeps the ticks of items that stay; of two editors the second is told; a zone nobody knows is refused", async () => {
  const [first] = await morning();
  await tick(w.owner, first?.id ?? "");
  await save(
    w.owner,
    [
      { title: "Look first", path: "load" },
      { title: "Check overnight metrics", path: "regions" },
    ],
    "UTC",
    1,
  );
  expect((await morning()).map(({ title, ticked_by }) => [title, ticked_by])).toEqual([
    ["Look first", null],
    ["Check overnight metrics", w.owner.email],
  ]);
  await expect(save(w.owner, [], "UTC", 1)).rejects.toMatchObject({ code: "GTVER" });
  await expect(save(w.owner, [], "Europe/Nowhere")).rejects.toMatchObject({ code: "GTINV" });
});

test("MIS-33 a viewer sees no routines, who may only tick changes none, and another workspace's item is not there", async () => {
  const viewer = await join(db, w, "viewer");
  const safety = await join(db, w, "safety");
  await expect(read(viewer)).rejects.toMatchObject({ code: "GTROL" });
  await expect(save(safety, [])).rejects.toMatchObject({ code: "GTROL" });
  const [item] = await morning();
  w = await newWorkspace(db);
  await expect(tick(w.owner, item?.id ?? "")).rejects.toMatchObject({ code: "GTNIL" });
});
