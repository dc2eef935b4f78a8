import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  join,
  newWorkspace,
  openCountry,
  type Person,
  type Workspace,
} from "#tests/setup/people.ts";

const NOON = "2026-06-01T12:00:00.000Z";
const HOUR = 3_600_000;
const later = (ms: number) => new Date(Date.parse(NOON) + ms).toISOString();

let db: TestDatabase;
let workspace: Workspace;
let safety: Person;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  workspace = await newWorkspace(db);
  safety = await join(db, workspace, "safety");
  await openCountry(db, workspace, "PL");
});

const protect = (until: string | null, { country = "PL", reason = "card testing", person = safety } = {}) =>
  asPerson(
    db,
    person,
    (sql) => sql`select * from launch.protect_payments(${workspace.id}, ${country}, ${until}, ${reason})`,
  );
const end = () =>
  asPerson(
    db,
    safety,
    (sql) => sql`select * from launch.end_protection(${workspace.id}, 'PL', 'it is over')`,
  );

async function inForce(country = "PL"): Promise<boolean> {
  const rows = await db.owner`select 1 from launch.protections p
    where p.workspace_id = ${workspace.id} and p.country = ${country} and p.ended_at is null and p.until > launch.now()`;
  return rows.length > 0;
}

test("BLK-11 payment protection holds for its country until its end, ends by itself, and can be ended earlier", async () => {
  await protect(later(HOUR));
  expect(await inForce()).toBe(true);
  expect(await inForce("CZ")).toBe(false);
  await protect(later(HOUR / 2));
  await setClock(db, later(HOUR / 2));
  expect(await inForce()).toBe(false);
  await expect(end()).rejects.toMatchObject({ code: "GTTRN" });
  await protect(later(2 * HOUR));
  await end();
  expect(await inForce()).toBe(false);
  const audits = await db.owner`
    select action, reason, actor_label from app.audit_entries where workspace_id = ${workspace.id} and resource_type = 'protection' order by sequence`;
  expect(audits.map((entry) => entry.action)).toEqual([
    "protection.started",
    "protection.started",
    "protection.started",
    "protection.ended",
  ]);
  expect(audits.at(-1)).toMatchObject({ reason: "it is over", actor_label: safety.email });
});

test("BLK-11 it needs a country, a reason, an end within 30 days, and somebody who may manage threats", async () => {
  const viewer = await join(db, workspace, "viewer");
  for (const until of [null, NOON, later(31 * 24 * HOUR)])
    await expect(protect(until)).rejects.toMatchObject({ code: "GTINV" });
  await expect(protect(later(HOUR), { country: "UK" })).rejects.toMatchObject({ code: "GTINV" });
  await expect(protect(later(HOUR), { reason: "" })).rejects.toMatchObject({ code: "GTRSN" });
  await expect(protect(later(HOUR), { person: viewer })).rejects.toMatchObject({ code: "GTROL" });
});

test("BLK-12 starting and ending payment protection wait for the lock that cap checks take", async () => {
  await db.owner.begin(async (sql) => {
    await sql`select id from launch.counters where workspace_id = ${workspace.id} and country = 'PL' and operation = 'payment' for update`;
    await expect(
      asPerson(db, safety, async (other) => {
        await other`set local lock_timeout = '200ms'`;
        await other`select launch.protect_payments(${workspace.id}, 'PL', ${later(HOUR)}, 'card testing')`;
      }),
    ).rejects.toMatchObject({ code: "55P03" });
  });
  await protect(later(HOUR));
  expect(await inForce()).toBe(true);
});
