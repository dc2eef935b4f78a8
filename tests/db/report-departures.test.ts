import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, newWorkspace, type Workspace } from "#tests/setup/people.ts";

const INVESTOR = "investor@example.com";

let db: TestDatabase;
let w: Workspace;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.owner`update launch.report_schedules set enabled = false`;
  await setClock(db, "2027-01-10T12:00:00Z");
  w = await newWorkspace(db);
  await schedule("Monthly");
  const [row] = await db.owner<{ id: string }[]>`
    select id from launch.report_addresses where workspace_id = ${w.id}`;
  await db.service`select launch.confirm_report_address(${row?.id ?? null})`;
});

const schedule = (name: string) =>
  asPerson(
    db,
    w.owner,
    (tx) =>
      tx`select launch.create_report_schedule(${w.id}, ${name}, 1, 8, 'UTC', ${[INVESTOR, w.owner.email]})`,
  );

async function send(at: string) {
  await setClock(db, at);
  await db.service`select launch.send_due_reports()`;
  return db.owner<{ id: string; email: string; outside: boolean }[]>`
    select id, email, outside from launch.report_letters where workspace_id = ${w.id} order by id`;
}

const depart = (id: string | undefined, leaves: boolean) =>
  db.service`select launch.depart_report(${id ?? null}, ${leaves})`;
const peek = (id: string | undefined) =>
  db.service`select * from launch.peek_report_departure(${id ?? null})`;
const may = async (id: string | undefined) =>
  (await db.service`select launch.may_send_report_letter(${id ?? null}) as may`)[0]?.may;

async function recipients(): Promise<unknown> {
  const [row] = await asPerson(
    db,
    w.owner,
    (tx) => tx`select schedule -> 'recipients' as told from launch.read_report_schedules(${w.id})`,
  );
  return row?.told;
}

test("REP-40 who leaves gets no report of the workspace any more and opens no old link; the others get theirs, and the schedule says who left and when", async () => {
  const first = await send("2027-02-01T08:00:00Z");
  const letter = first.find(({ outside }) => outside);
  expect(await peek(letter?.id)).toEqual([{ name: "Monthly", state: "open" }]);
  expect(await may(letter?.id)).toBe(true);
  await depart(letter?.id, true);
  await depart(letter?.id, true);
  expect(await peek(letter?.id)).toEqual([{ name: "Monthly", state: "left" }]);
  // One that is queued already does not leave either.
  expect(await may(letter?.id)).toBe(false);
  expect(await db.service`select state from launch.open_report_letter(${letter?.id ?? null})`).toEqual([
    { state: "closed" },
  ]);
  expect(await recipients()).toMatchObject([
    { email: INVESTOR, kind: "left", left_at: "2027-02-01T08:00:00.000Z" },
    { email: w.owner.email, kind: "member", left_at: null },
  ]);
  await schedule("Another");
  const later = (await send("2027-03-01T08:00:00Z")).slice(first.length);
  expect(later.map(({ email }) => email)).toEqual([w.owner.email, w.owner.email]);
  const written = await db.owner`select actor_kind, details from app.audit_entries
    where workspace_id = ${w.id} and action = 'report_address.left'`;
  expect(written).toEqual([{ actor_kind: "engine", details: { email: INVESTOR } }]);
});

test("REP-41 whoever manages the schedule can't bring back who left, by no change and no new schedule; the holder of a mailed link can", async () => {
  const [letter] = (await send("2027-02-01T08:00:00Z")).filter(({ outside }) => outside);
  await depart(letter?.id, true);
  await db.owner`update launch.report_addresses set asked_at = asked_at - interval '2 days'`;
  const asked = () =>
    db.owner`select id from app.outbox where workspace_id = ${w.id} and topic = 'email.report_address'`;
  const before = await asked();
  const [row] = await db.owner<
    { id: string }[]
  >`select id from launch.report_schedules where workspace_id = ${w.id}`;
  await asPerson(db, w.owner, async (tx) => {
    await tx`select launch.change_report_schedule(${w.id}, ${row?.id ?? null}, p_recipients => ${[w.owner.email]})`;
    await tx`select launch.change_report_schedule(${w.id}, ${row?.id ?? null}, p_recipients => ${[INVESTOR]})`;
    await tx`select launch.delete_report_schedule(${w.id}, ${row?.id ?? null})`;
  });
  await schedule("Once more");
  expect(await asked()).toEqual(before);
  expect(await recipients()).toMatchObject([{ email: INVESTOR, kind: "left" }, { kind: "member" }]);
  // The schedule is gone and with it its name.
  expect(await peek(letter?.id)).toEqual([{ name: "Launch report", state: "left" }]);
  await depart(letter?.id, false);
  expect(await recipients()).toMatchObject([{ email: INVESTOR, kind: "outside", left_at: null }, {}]);
});

test("REP-42 a member's letter has no way out, nor has one that is none", async () => {
  const [inside] = (await send("2027-02-01T08:00:00Z")).filter(({ outside }) => !outside);
  const nobody = "01a2f0c4-7b1e-7c3a-9d2e-5f6a7b8c9d0e";
  for (const id of [inside?.id, nobody]) {
    expect(await peek(id)).toEqual([]);
    await expect(depart(id, true)).rejects.toMatchObject({ code: "GTNIL" });
  }
});
