import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newChannel } from "#tests/setup/channels.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";

let db: TestDatabase;
let w: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, "2027-03-10T12:00:00Z");
  w = await newWorkspace(db);
  await newChannel(db, w, { kind: "email", messageTypes: ["summary.daily"] });
});

type Wish = { enabled?: boolean; hour?: number; zone?: string; version?: number };

const set = ({ enabled = true, hour = 8, zone = "UTC", version = 0 }: Wish = {}, person = w.owner) =>
  asPerson(
    db,
    person,
    (tx) => tx`select launch.set_daily_summary(${w.id}, ${enabled}, ${hour}, ${zone}, ${version})`,
  );

async function tick(at: string): Promise<void> {
  await setClock(db, at);
  await db.service`select launch.send_due_summaries()`;
}

const days = async () =>
  (
    await db.owner<
      { day: string }[]
    >`select m.data ->> 'day' as day from app.messages m join app.deliveries d on d.message_id = m.id
      where m.workspace_id = ${w.id} order by d.id`
  ).map(({ day }) => day);

test("SUM-01 each day goes out once, at its local hour, over both changes of the clock", async () => {
  await setClock(db, "2027-03-26T12:00:00Z");
  await set({ hour: 2, zone: "Europe/Warsaw" });
  // On 28 March 2027 the clock goes from 02:00 to 03:00: that is when 02:00 is.
  for (const at of ["2027-03-27T00:59:00Z", "2027-03-27T01:00:00Z", "2027-03-27T01:01:00Z"]) await tick(at);
  for (const at of ["2027-03-28T00:59:00Z", "2027-03-28T01:00:00Z", "2027-03-28T02:00:00Z"]) await tick(at);
  for (const at of ["2027-03-28T23:59:00Z", "2027-03-29T00:00:00Z", "2027-03-29T01:00:00Z"]) await tick(at);
  expect(await days()).toEqual(["2027-03-26", "2027-03-27", "2027-03-28"]);
  const nextAt = async (after: string) =>
    (
      await db.owner<{ at: Date }[]>`select private.next_summary_at(2, 'Europe/Warsaw', ${after}) as at`
    )[0]?.at.toISOString();
  // On 31 October 2027 02:00 comes twice: the second time counts.
  expect(await nextAt("2027-10-30T12:00:00Z")).toBe("2027-10-31T01:00:00.000Z");
  expect(await nextAt("2027-10-31T00:30:00Z")).toBe("2027-10-31T01:00:00.000Z");
  expect(await nextAt("2027-10-31T01:00:00Z")).toBe("2027-11-01T01:00:00.000Z");
}, 60_000);

test("SUM-02 after an outage the newest day alone is sent, once; a changed hour sends no day twice", async () => {
  await set();
  await tick("2027-03-11T08:00:00Z");
  await tick("2027-03-15T21:00:00Z");
  await tick("2027-03-15T21:01:00Z");
  await set({ hour: 22, version: 1 });
  await tick("2027-03-15T22:00:00Z");
  expect(await days()).toEqual(["2027-03-10", "2027-03-14"]);
  await tick("2027-03-16T22:00:00Z");
  expect(await days()).toEqual(["2027-03-10", "2027-03-14", "2027-03-15"]);
});

test("SUM-03 two that start at once send once, and a summary or an engine that is off sends nothing", async () => {
  await set();
  await setClock(db, "2027-03-11T08:00:00Z");
  await Promise.all([
    db.service`select launch.send_due_summaries()`,
    db.service`select launch.send_due_summaries()`,
  ]);
  expect(await days()).toEqual(["2027-03-10"]);
  await asPerson(db, w.owner, (tx) => tx`select app.set_flag(${w.id}, 'launch.enabled', false, 'quiet')`);
  await tick("2027-03-12T08:00:00Z");
  await asPerson(db, w.owner, (tx) => tx`select app.set_flag(${w.id}, 'launch.enabled', true, 'back')`);
  await set({ enabled: false, version: 1 });
  await tick("2027-03-13T08:00:00Z");
  expect(await days()).toEqual(["2027-03-10"]);
});

test("SUM-04 a country's yesterday is its own last local day", async () => {
  await openCountry(db, w, "NZ");
  await openCountry(db, w, "US");
  const [row] = await db.owner<{ rows: { country: string; day: string }[] }[]>`
    select jsonb_agg(k) as rows from private.summary_countries(${w.id}, '2027-03-11T12:30:00Z') k`;
  const days = new Map(row?.rows.map(({ country, day }) => [country, day]));
  expect(days.get("NZ")).toBe("2027-03-11");
  expect(days.get("US")).toBe("2027-03-10");
});

test("SUM-05 only who manages reports sets or tests the summary, and it is audited", async () => {
  for (const role of ["marketing", "safety", "viewer"] as const) {
    const person = await join(db, w, role);
    await expect(set({}, person), role).rejects.toMatchObject({ code: "GTROL" });
    await expect(
      asPerson(db, person, (tx) => tx`select launch.test_daily_summary(${w.id})`),
    ).rejects.toMatchObject({ code: "GTROL" });
    await expect(
      asPerson(db, person, (tx) => tx`select * from launch.read_daily_summary(${w.id})`),
    ).rejects.toMatchObject({ code: "GTROL" });
  }
  await expect(set({ zone: "Mars/Base" })).rejects.toMatchObject({ code: "GTINV" });
  await set();
  await expect(set({ hour: 9 })).rejects.toMatchObject({ code: "GTVER" });
  const [tested] = await asPerson(
    db,
    w.owner,
    (tx) => tx`select launch.test_daily_summary(${w.id}) as channels`,
  );
  expect(tested).toEqual({ channels: 1 });
  const written = await db.owner<{ action: string }[]>`select action from app.audit_entries
    where workspace_id = ${w.id} and resource_type = 'daily_summary' order by sequence`;
  expect(written.map(({ action }) => action)).toEqual(["daily_summary.changed", "daily_summary.tested"]);
});
