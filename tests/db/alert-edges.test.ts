import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { raiseAlert } from "#tests/setup/channels.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newWorkspace, type Person, type Workspace } from "#tests/setup/people.ts";

const NOON = "2026-06-01T10:00:00.000Z";

let db: TestDatabase;
let w: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  w = await newWorkspace(db);
});

test("ALT-20 a person reads alerts of the kinds that their role may see, in the list and one by one", async () => {
  const kinds = await db.owner<{ kind: string; permission: string }[]>`
    select kind, permission from launch.alert_kinds order by kind`;
  for (const { kind } of kinds) await raiseAlert(db, w, `${kind}:drill`, { kind });
  const all = await db.owner<{ id: string }[]>`select id from launch.alerts where workspace_id = ${w.id}`;
  const read = (person: Person) =>
    asPerson(db, person, async (sql) => {
      const listed = await sql<{ kind: string }[]>`select kind from launch.read_alerts(${w.id})`;
      const one: string[] = [];
      for (const { id } of all) {
        const [alert] = await sql<{ kind: string }[]>`select kind from launch.read_alert(${w.id}, ${id})`;
        if (alert !== undefined) one.push(alert.kind);
      }
      return [listed.map(({ kind }) => kind).toSorted(), one.toSorted()];
    });
  const sizes = new Set<number>();
  for (const role of ["admin", "marketing", "safety", "viewer"] as const) {
    const held = await db.owner<{ permission: string }[]>`
      select permission from app.role_permissions where role = ${role}`;
    const may = new Set(held.map(({ permission }) => permission));
    if (!may.has("alerts.read")) continue;
    const theirs = kinds.filter(({ permission }) => may.has(permission)).map(({ kind }) => kind);
    expect(await read(await join(db, w, role))).toEqual([theirs, theirs]);
    sizes.add(theirs.length);
  }
  expect(sizes.size).toBeGreaterThan(1);
});

test("ALT-21 resolving an alert ends its mute: opened again it is told again", async () => {
  await raiseAlert(db, w, "a");
  const [alert] = await db.owner<{ id: string }[]>`select id from launch.alerts where workspace_id = ${w.id}`;
  const id = alert?.id ?? "";
  await asPerson(db, w.owner, async (sql) => {
    await sql`select launch.mute_alert(${w.id}, ${id}, launch.now() + interval '1 day', 'a drill')`;
    await sql`select launch.resolve_alert(${w.id}, ${id}, 'false_positive')`;
    await sql`select launch.reopen_alert(${w.id}, ${id})`;
  });
  const told = await db.owner<{ type: string }[]>`
    select type from app.messages where workspace_id = ${w.id} and type like 'alert.%' order by id`;
  expect(told.map(({ type }) => type)).toEqual(["alert.opened", "alert.resolved", "alert.reopened"]);
});
