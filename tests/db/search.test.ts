import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Found, search } from "#lib/overview/search.ts";
import type { Permission, Role } from "#lib/workspace/vocabulary.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
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
let w: Workspace;
let other: Workspace;
const people = new Map<Role, Person>();
let receiptId: string;
let campaignId: string;
let alertId: string;

beforeAll(async () => {
  db = await testDatabase();
  w = await newWorkspace(db);
  other = await newWorkspace(db);
  people.set("owner", w.owner);
  for (const role of ["viewer", "marketing", "safety"] as const) people.set(role, await join(db, w, role));
  for (const each of [other, w]) {
    await openCountry(db, each, "PL");
    await db.owner`select private.raise_alert(${each.id}, 'load', 'payments', 'critical', 'Payments above their limit in Poland')`;
    campaignId = await asPerson(db, each.owner, async (sql) => {
      const [made] = await sql<{ id: string }[]>`
        select id from launch.create_campaign(${each.id}, 'Spring with Anna', 'spring-anna', 'PL', launch.now(), launch.now() + interval '1 day',
          p_influencer => 'Anna Kowalska')`;
      await sql`select launch.create_campaign_link(${each.id}, ${made?.id ?? ""}, ${each === w ? "bio-of-anna" : "elsewhere"}, 'Bio', 'https://example.com/', null)`;
      return made?.id ?? "";
    });
  }
  const [alert] = await db.owner<{ id: string }[]>`select id from launch.alerts where workspace_id = ${w.id}`;
  alertId = alert?.id ?? "";
  const key = await newKey(db, w);
  receiptId = (await check(db, key, { subject: "user-4711" }, "key-of-poland")).id;
});
afterAll(() => db.close());

async function searchAs(role: Role, text: string, workspace = w, claimed?: Permission[]): Promise<Found[]> {
  const person = people.get(role) ?? w.owner;
  const held = await db.owner<{ permission: Permission }[]>`
    select permission from app.role_permissions where role = ${role}`;
  const who = {
    workspaceId: workspace.id,
    userId: person.id,
    permissions: claimed ?? held.map(({ permission }) => permission),
  };
  const claims = JSON.stringify({ sub: person.id, email: person.email, role: "authenticated" });
  return drizzle(db.service).transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`,
    );
    return search(tx, who, text);
  });
}
const kinds = (found: Found[]) => [...new Set(found.map(({ kind }) => kind))];

test("MIS-01 a search finds a country, its alerts and its audit entries by name and by code, and a receipt by id, key and subject", async () => {
  const found = await searchAs("owner", "poland");
  expect(kinds(found)).toEqual(["country", "alert"]);
  expect(found[0]).toMatchObject({ id: "PL", title: "Poland", path: "countries/PL" });
  expect(kinds(await searchAs("owner", "pl"))).toEqual(expect.arrayContaining(["country", "audit"]));
  for (const text of [receiptId, "key-of-poland", "user-4711"]) {
    expect(await searchAs("owner", text), text).toEqual([
      expect.objectContaining({
        kind: "receipt",
        id: receiptId,
        path: `countries/PL?receipt=${receiptId}`,
        title: "PL user, granted",
      }),
    ]);
  }
  expect((await searchAs("owner", "#1"))[0]).toMatchObject({ kind: "audit", id: "1", path: "audit?entry=1" });
  for (const nothing of ["", "p", "no such thing", "user-471", "%%", "__"]) {
    expect(await searchAs("owner", nothing), nothing).toEqual([]);
  }
});

test("MIS-02 a search shows each role only what it may read, and offers a pause only to those who may pause", async () => {
  const paused = (found: Found[]) => found.some(({ pause }) => pause !== undefined);
  const [safety, marketing, viewer] = await Promise.all([
    searchAs("safety", "poland"),
    searchAs("marketing", "poland"),
    searchAs("viewer", "poland"),
  ]);
  expect(kinds(safety)).toEqual(["country", "alert"]);
  expect(kinds(marketing)).toEqual(["country"]);
  expect(kinds(viewer)).toEqual(["country"]);
  expect([safety, marketing, viewer].map(paused)).toEqual([true, false, false]);
  expect(kinds(await searchAs("safety", "user-4711"))).toEqual(["receipt"]);
  for (const role of ["marketing", "viewer"] as const) {
    expect(await searchAs(role, receiptId), role).toEqual([]);
    expect(await searchAs(role, "user-4711"), role).toEqual([]);
    expect(await searchAs(role, "country.activated"), role).toEqual([]);
  }
  // The database says so too: a reader who claims more than they hold finds no more.
  expect(
    await searchAs("viewer", "country.activated", w, ["audit.read", "risk.read", "alerts.read"]),
  ).toEqual([]);
});

test("MIS-04 a campaign is found by name, influencer, short name, tracked link and id by whoever may read campaigns, and by nobody else", async () => {
  const spring = {
    kind: "campaign",
    id: campaignId,
    path: `campaigns/${campaignId}`,
    title: "Spring with Anna",
  };
  for (const text of ["spring with", "kowalska", "SPRING-anna", "bio-of", campaignId]) {
    for (const role of ["owner", "marketing", "viewer"] as const) {
      const found = (await searchAs(role, text)).filter(({ kind }) => kind === "campaign");
      expect(found, `${role} ${text}`).toEqual([
        expect.objectContaining({ ...spring, detail: "draft, Poland, Anna Kowalska" }),
      ]);
    }
    expect(kinds(await searchAs("safety", text)), text).not.toContain("campaign");
    expect(await searchAs("safety", text, w, ["campaigns.read"]), text).toEqual([]);
    expect(await searchAs("marketing", text, other, ["campaigns.read"]), text).toEqual([]);
  }
});

test("MIS-05 an alert is found by its id by whoever may read it", async () => {
  expect((await searchAs("owner", alertId)).filter(({ kind }) => kind === "alert")).toEqual([
    expect.objectContaining({ kind: "alert", id: alertId, path: `alerts?status=all&alert=${alertId}` }),
  ]);
  for (const role of ["marketing", "viewer"] as const)
    expect(await searchAs(role, alertId), role).toEqual([]);
});

test("MIS-03 a search finds nothing of another workspace, and offers no pause of a country that is paused", async () => {
  expect(await searchAs("viewer", "poland", other)).toEqual([]);
  expect(await searchAs("safety", "poland", other, ["countries.read", "alerts.read"])).toEqual([]);
  await asPerson(db, w.owner, (tx) => tx`select launch.pause_country(${w.id}, 'PL', 'A drill')`);
  const [poland] = await searchAs("owner", "PL");
  expect(poland).toMatchObject({ detail: "pause" });
  expect(poland?.pause).toBeUndefined();
});
