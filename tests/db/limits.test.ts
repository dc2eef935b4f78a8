import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
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

let db: TestDatabase;
let workspace: Workspace;

beforeAll(async () => {
  db = await testDatabase();
  await setClock(db, "2026-06-01T12:00:00.000Z");
});
afterAll(() => db.close());
beforeEach(async () => {
  workspace = await newWorkspace(db);
});

interface Change {
  name?: string;
  source?: string;
  kind?: string;
  value?: number | null;
  enabled?: boolean;
  eventType?: string | null;
  seconds?: number | null;
  floor?: number | null;
  ceiling?: number | null;
  drift?: number;
  version?: number | null;
}

async function set(change: Change, person: Person = workspace.owner): Promise<number | undefined> {
  const {
    name = "queue_depth",
    source = "reported",
    kind = "static",
    value = 10,
    enabled = true,
    eventType = null,
    seconds = null,
  } = change;
  const { floor = null, ceiling = null, drift = 0.1, version = null } = change;
  const [row] = await asPerson(
    db,
    person,
    (sql) => sql<{ version: number }[]>`select launch.set_limit(${workspace.id}, ${name}, ${source}, ${kind},
      ${value}::double precision, ${enabled}, ${eventType}::text, ${seconds}::int, 6, ${floor}::double precision,
      ${ceiling}::double precision, ${drift}, 180, 'drill', ${version}::int) as version`,
  );
  return row?.version;
}
const remove = (name: string, version: number, person: Person = workspace.owner) =>
  asPerson(
    db,
    person,
    (sql) => sql`select launch.remove_limit(${workspace.id}, ${name}, 'drill', ${version}::int)`,
  );
const yields = (operation: string, from: number, person: Person = workspace.owner) =>
  asPerson(
    db,
    person,
    (sql) => sql`select launch.change_throttle_policy(${workspace.id}, ${operation}, ${from}, 'drill')`,
  );

async function measure(name: string, value: number): Promise<number> {
  await db.owner`insert into launch.measurements values (${workspace.id}, ${name}, launch.now(), launch.now(), ${value})
    on conflict (workspace_id, name, measured_at) do update set value = excluded.value`;
  await db.service`select launch.evaluate_load(${workspace.id})`;
  return level();
}
async function level(): Promise<number> {
  const [row] = await db.owner<
    { level: number }[]
  >`select level from launch.throttles where workspace_id = ${workspace.id}`;
  return row?.level ?? Number.NaN;
}
async function lastEntry() {
  const [entry] = await db.owner`select action, resource_id, reason from app.audit_entries
    where workspace_id = ${workspace.id} order by sequence desc limit 1`;
  return entry;
}

describe("limits", () => {
  test("LOAD-22 any measurement can be given a limit, which then counts, and a limit that is removed stops counting at once", async () => {
    expect(await set({ value: 10 })).toBe(1);
    expect(await lastEntry()).toEqual({ action: "limit.added", resource_id: "queue_depth", reason: "drill" });
    expect(await measure("queue_depth", 13)).toBe(3);
    expect(await set({ value: 100, version: 1 })).toBe(2);
    expect(await lastEntry()).toMatchObject({ action: "limit.changed" });
    await remove("queue_depth", 2);
    expect(await level()).toBe(0);
    expect(await lastEntry()).toMatchObject({ action: "limit.removed" });
    const [alert] =
      await db.owner`select status, note from launch.alerts where workspace_id = ${workspace.id}`;
    expect(alert).toEqual({ status: "resolved", note: "Its limit was removed." });
    await db.service`select launch.evaluate_load(${workspace.id})`;
    expect(await level()).toBe(0);
  });

  test("LOAD-22 a limit that is switched off lets its level go at once, and the others keep theirs", async () => {
    await set({ value: 10 });
    await measure("webrtc_sessions", 8000);
    expect(await measure("queue_depth", 13)).toBe(3);
    await set({ value: 10, enabled: false, version: 1 });
    expect(await level()).toBe(1);
    const [entry] = await db.owner`select reason from app.audit_entries
      where workspace_id = ${workspace.id} and action = 'throttle.lowered'`;
    expect(entry).toEqual({ reason: "The limit of queue_depth was switched off." });
  });

  test("LOAD-23 of two people who change one limit the second is told, and nothing is added twice", async () => {
    await set({});
    await expect(set({})).rejects.toMatchObject({ code: "GTDUP" });
    await set({ value: 20, version: 1 });
    await expect(set({ value: 30, version: 1 })).rejects.toMatchObject({ code: "GTVER" });
    await expect(remove("queue_depth", 1)).rejects.toMatchObject({ code: "GTVER" });
    await expect(set({ name: "nothing", version: 1 })).rejects.toMatchObject({ code: "GTNIL" });
    await expect(remove("nothing", 1)).rejects.toMatchObject({ code: "GTNIL" });
  });

  test.each<[string, Change]>([
    ["a value of zero", { value: 0 }],
    ["a negative value", { value: -1 }],
    ["NaN", { value: Number.NaN }],
    ["infinity", { value: Number.POSITIVE_INFINITY }],
    ["a name with capitals", { name: "Queue" }],
    ["another source", { source: "guess" }],
    ["another kind", { kind: "elastic" }],
    ["a ceiling below the floor", { floor: 10, ceiling: 9 }],
    ["a drift of nothing", { drift: 0 }],
    ["events without a type", { source: "events", seconds: 60 }],
    ["events over a day", { source: "events", eventType: "chat.started", seconds: 86_400 }],
  ])("LOAD-23 %s is refused by the database itself", async (_, change) => {
    await expect(set(change)).rejects.toMatchObject({ code: "23514" });
    expect(await lastEntry()).toMatchObject({ action: "workspace.created" });
  });

  test("LOAD-23 a type of event that does not exist is refused", async () => {
    await expect(set({ source: "events", eventType: "chat.imagined", seconds: 60 })).rejects.toMatchObject({
      code: "GTINV",
    });
  });

  test("LOAD-24 owners and admins change limits and who yields; nobody else, and nobody of another workspace", async () => {
    await set({}, await join(db, workspace, "admin"));
    for (const role of ["safety", "marketing", "viewer"] as const) {
      const person = await join(db, workspace, role);
      await expect(set({ name: "other" }, person)).rejects.toMatchObject({ code: "GTROL" });
      await expect(remove("queue_depth", 1, person)).rejects.toMatchObject({ code: "GTROL" });
      await expect(yields("user", 1, person)).rejects.toMatchObject({ code: "GTROL" });
    }
    const stranger = (await newWorkspace(db)).owner;
    await expect(set({ name: "other" }, stranger)).rejects.toMatchObject({ code: "GTNIL" });
    await expect(yields("user", 1, stranger)).rejects.toMatchObject({ code: "GTNIL" });
  });

  test("LOAD-25 from which level an operation yields can be set, is audited, and is felt by the next cap check", async () => {
    const key = await newKey(db, workspace);
    await openCountry(db, workspace, "PL");
    expect(await measure("webrtc_sessions", 8000)).toBe(1);
    expect(await check(db, key)).toMatchObject({ allowed: true });
    await yields("user", 1);
    expect(await lastEntry()).toEqual({
      action: "throttle.policy_changed",
      resource_id: "user",
      reason: "drill",
    });
    expect(await check(db, key)).toMatchObject({ allowed: false, reason: "throttled" });
    await yields("user", 4);
    expect(await measure("webrtc_sessions", 13_000)).toBe(3);
    expect(await check(db, key)).toMatchObject({ allowed: true });
    for (const from of [0, 5]) await expect(yields("user", from)).rejects.toMatchObject({ code: "23514" });
    await expect(yields("everything", 2)).rejects.toMatchObject({ code: "GTINV" });
  });
});
