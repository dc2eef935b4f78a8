import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { linkToken, readLinkToken } from "#lib/reports/link-token.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newWorkspace, type Person, type Workspace } from "#tests/setup/people.ts";

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
});

type Plan = { day?: number; hour?: number; zone?: string; recipients?: string[] };

async function schedule(plan: Plan = {}, person = w.owner): Promise<string> {
  const { day = 1, hour = 8, zone = "Europe/Warsaw", recipients = [w.owner.email] } = plan;
  const [row] = await asPerson(
    db,
    person,
    (tx) => tx<{ id: string }[]>`
      select launch.create_report_schedule(${w.id}, 'Monthly', ${day}, ${hour}, ${zone}, ${recipients}) ->> 'id' as id`,
  );
  return row?.id ?? "";
}

async function tick(at: string): Promise<number> {
  await setClock(db, at);
  const [row] = await db.service<{ n: number }[]>`select launch.send_due_reports() as n`;
  return row?.n ?? -1;
}

const letters = () => db.owner<{ email: string; outside: boolean; month: string; topic: string }[]>`
  select l.email, l.outside, r.month_on::text as month, o.topic from launch.report_letters l join launch.reports r on r.id = l.report_id
  join app.outbox o on o.id = l.outbox_id where l.workspace_id = ${w.id} order by l.id`;

async function confirm(email: string): Promise<void> {
  const [row] = await db.owner<{ id: string }[]>`
    select id from launch.report_addresses where workspace_id = ${w.id} and email = ${email}`;
  await db.service`select launch.confirm_report_address(${row?.id ?? null})`;
}

const nextAt = async (day: number, hour: number, zone: string, after: string) => {
  const [row] = await db.owner<
    { at: Date }[]
  >`select private.next_report_at(${day}, ${hour}, ${zone}, ${after}) as at`;
  return row?.at.toISOString();
};

test("REP-10 a schedule is due on its day at its local hour, also where the clock skips that hour or has it twice", async () => {
  expect(await nextAt(1, 8, "Europe/Warsaw", "2027-01-10T12:00:00Z")).toBe("2027-02-01T07:00:00.000Z");
  expect(await nextAt(1, 8, "Europe/Warsaw", "2027-06-10T12:00:00Z")).toBe("2027-07-01T06:00:00.000Z");
  expect(await nextAt(1, 0, "Pacific/Auckland", "2027-01-10T12:00:00Z")).toBe("2027-01-31T11:00:00.000Z");
  expect(await nextAt(28, 2, "Europe/Warsaw", "2027-03-10T12:00:00Z")).toBe("2027-03-28T01:00:00.000Z");
  expect(await nextAt(25, 2, "Europe/Warsaw", "2026-10-24T22:00:00Z")).toBe("2026-10-25T01:00:00.000Z");
  expect(await nextAt(10, 12, "UTC", "2027-01-10T12:00:00Z")).toBe("2027-02-10T12:00:00.000Z");
});

test("REP-11 the month before is made once, with a letter for each recipient, at the minute it is due and not before", async () => {
  const admin = await join(db, w, "admin");
  await schedule({ recipients: [w.owner.email, ` ${admin.email.toUpperCase()} `, w.owner.email] });
  expect(await tick("2027-02-01T06:59:00Z")).toBe(0);
  expect(await tick("2027-02-01T07:00:00Z")).toBe(1);
  expect(await tick("2027-02-01T07:01:00Z")).toBe(0);
  const sent = { month: "2027-01-01", outside: false, topic: "email.report" };
  expect(await letters()).toEqual([
    { ...sent, email: w.owner.email },
    { ...sent, email: admin.email.toLowerCase() },
  ]);
  expect(await tick("2027-03-01T07:00:00Z")).toBe(1);
  expect((await letters()).at(-1)?.month).toBe("2027-02-01");
});

test("REP-12 after an outage the newest month alone is sent, once, and a changed day does not send a month again", async () => {
  const id = await schedule();
  expect(await tick("2027-04-20T03:00:00Z")).toBe(1);
  expect(await tick("2027-04-20T03:01:00Z")).toBe(0);
  expect((await letters()).map(({ month }) => month)).toEqual(["2027-03-01"]);
  await asPerson(
    db,
    w.owner,
    (tx) =>
      tx`select launch.change_report_schedule(${w.id}, ${id}, 'Monthly', 25, 8, 'Europe/Warsaw', ${[w.owner.email]}, 1)`,
  );
  expect(await tick("2027-04-25T09:00:00Z")).toBe(0);
  expect(await tick("2027-05-25T09:00:00Z")).toBe(1);
  expect((await letters()).map(({ month }) => month)).toEqual(["2027-03-01", "2027-04-01"]);
}, 60_000);

test("REP-13 two that start at once send once, and what is switched off or whose engine is off sends nothing", async () => {
  const id = await schedule();
  await setClock(db, "2027-02-01T07:00:00Z");
  const both = await Promise.all([
    db.service<{ n: number }[]>`select launch.send_due_reports() as n`,
    db.service<{ n: number }[]>`select launch.send_due_reports() as n`,
  ]);
  expect(both.map(([row]) => row?.n).toSorted()).toEqual([0, 1]);
  await db.owner`update launch.report_schedules set due_at = launch.now(), sent_month = null where id = ${id}`;
  // While one has not committed, the other neither waits for it nor sends.
  await db.service.begin(async (first) => {
    expect(await first`select launch.send_due_reports() as n`).toEqual([{ n: 1 }]);
    const second = db.service.begin(async (tx) => {
      await tx`set local lock_timeout = '3s'`;
      return tx<{ n: number }[]>`select launch.send_due_reports() as n`;
    });
    expect(await second).toEqual([{ n: 0 }]);
  });
  const set = (enabled: boolean) =>
    asPerson(db, w.owner, (tx) => tx`select launch.switch_report_schedule(${w.id}, ${id}, ${enabled})`);
  await set(false);
  expect(await tick("2027-03-01T07:00:00Z")).toBe(0);
  await set(true);
  expect(await tick("2027-03-01T07:01:00Z")).toBe(0);
  await asPerson(db, w.owner, (tx) => tx`select app.set_flag(${w.id}, 'launch.enabled', false, 'quiet')`);
  expect(await tick("2027-04-01T07:00:00Z")).toBe(0);
  await asPerson(db, w.owner, (tx) => tx`select app.set_flag(${w.id}, 'launch.enabled', true, 'back')`);
  expect(await tick("2027-04-02T07:00:00Z")).toBe(1);
  expect((await letters()).map(({ month }) => month)).toEqual(["2027-01-01", "2027-01-01", "2027-03-01"]);
});

test("REP-14 an outside address gets nothing before it has confirmed itself, and is asked once an hour at most", async () => {
  const investor = `investor-${w.slug}@example.com`;
  const id = await schedule({ recipients: [investor, w.owner.email] });
  await asPerson(
    db,
    w.owner,
    (tx) =>
      tx`select launch.change_report_schedule(${w.id}, ${id}, 'Monthly', 1, 8, 'Europe/Warsaw', ${[investor, w.owner.email]})`,
  );
  const asked = await db.owner`select payload ->> 'email' as email from app.outbox
    where workspace_id = ${w.id} and topic = 'email.report_address'`;
  expect(asked).toEqual([{ email: investor }]);
  await tick("2027-02-01T07:00:00Z");
  expect((await letters()).map(({ email }) => email)).toEqual([w.owner.email]);
  await expect(confirm(investor)).rejects.toMatchObject({ code: "GTNIL" });
  await db.owner`update launch.report_addresses set asked_at = launch.now() where workspace_id = ${w.id}`;
  await confirm(investor);
  await tick("2027-03-01T07:00:00Z");
  expect((await letters()).slice(1)).toMatchObject([
    { email: investor, outside: true },
    { email: w.owner.email, outside: false },
  ]);
});

test("REP-15 who lost the right, or is no longer named, gets no mail and opens no link; a download is audited under its address", async () => {
  const investor = `investor-${w.slug}@example.com`;
  const admin = await join(db, w, "admin");
  const id = await schedule({ recipients: [investor, admin.email] });
  await confirm(investor);
  await tick("2027-02-01T07:00:00Z");
  const found = await db.owner<{ id: string; report_id: string; outside: boolean }[]>`
    select id, report_id, outside from launch.report_letters where workspace_id = ${w.id} order by id`;
  const outside = found.find((letter) => letter.outside);
  const inside = found.find((letter) => !letter.outside);
  const may = async (letter?: { id: string }) =>
    (await db.service`select launch.may_send_report_letter(${letter?.id ?? null}) as may`)[0]?.may;
  const open = async (name: string) =>
    (await db.service`select sha256 from launch.fetch_letter_file(${outside?.id ?? null}, ${name})`).length;
  expect([await may(outside), await may(inside)]).toEqual([true, true]);
  await db.service`select launch.keep_report_files(${outside?.report_id ?? null}, array['report.pdf'], array['\\x00'::bytea])`;
  expect(await open("report.pdf")).toBe(1);
  const [entry] = await db.owner`select details ->> 'by' as by from app.audit_entries
    where workspace_id = ${w.id} and action = 'report.downloaded'`;
  expect(entry).toEqual({ by: investor });
  // A member opens it in the console, signed in: their mail's id alone leads to no file.
  expect(
    await db.service`select sha256 from launch.fetch_letter_file(${inside?.id ?? null}, 'report.pdf')`,
  ).toEqual([]);
  expect(await db.service`select * from launch.open_report_letter(${inside?.id ?? null})`).toEqual([]);
  await asPerson(db, w.owner, (tx) => tx`select app.change_member_role(${w.id}, ${admin.id}, 'viewer')`);
  await asPerson(
    db,
    w.owner,
    (tx) =>
      tx`select launch.change_report_schedule(${w.id}, ${id}, 'Monthly', 1, 8, 'Europe/Warsaw', ${[w.owner.email]})`,
  );
  expect([await may(outside), await may(inside), await open("report.pdf")]).toEqual([false, false, 0]);
});

test("REP-15 a link ends after 30 days", async () => {
  const investor = `investor-${w.slug}@example.com`;
  await schedule({ recipients: [investor] });
  await confirm(investor);
  await tick("2027-02-01T07:00:00Z");
  const [letter] = await db.owner<
    { id: string }[]
  >`select id from launch.report_letters where workspace_id = ${w.id}`;
  const stateOf = async () =>
    (
      await db.service<
        { state: string }[]
      >`select state from launch.open_report_letter(${letter?.id ?? null})`
    )[0]?.state;
  expect(await stateOf()).toBe("open");
  await setClock(db, "2027-03-03T07:00:01Z");
  expect(await stateOf()).toBe("closed");
});

test("REP-16 only who manages reports schedules them; every change is audited, and a member who may not read them is no recipient", async () => {
  const id = await schedule();
  const attempts = (person: Person) => [
    () => schedule({}, person),
    () => asPerson(db, person, (tx) => tx`select launch.switch_report_schedule(${w.id}, ${id}, false)`),
    () => asPerson(db, person, (tx) => tx`select launch.delete_report_schedule(${w.id}, ${id})`),
    () => asPerson(db, person, (tx) => tx`select launch.test_report_schedule(${w.id}, ${id})`),
    () => asPerson(db, person, (tx) => tx`select * from launch.read_report_schedules(${w.id})`),
  ];
  const viewer = await join(db, w, "viewer");
  const stranger = (await newWorkspace(db)).owner;
  for (const attempt of attempts(viewer)) await expect(attempt()).rejects.toMatchObject({ code: "GTROL" });
  for (const attempt of attempts(stranger)) await expect(attempt()).rejects.toMatchObject({ code: "GTNIL" });
  const wrong = [
    { recipients: [viewer.email] },
    { recipients: [] },
    { day: 29 },
    { hour: 24 },
    { zone: "Mars/Base" },
  ];
  for (const plan of wrong) {
    await expect(schedule(plan), JSON.stringify(plan)).rejects.toMatchObject({ code: "GTINV" });
  }
  await asPerson(db, w.owner, (tx) => tx`select launch.test_report_schedule(${w.id}, ${id})`);
  const [row] = await asPerson(
    db,
    w.owner,
    (tx) => tx`select schedule -> 'recipients' as recipients from launch.read_report_schedules(${w.id})`,
  );
  expect(row?.recipients).toMatchObject([
    { email: w.owner.email, kind: "member", state: "waiting", test: true },
  ]);
  await asPerson(db, w.owner, (tx) => tx`select launch.delete_report_schedule(${w.id}, ${id})`);
  const written = await db.owner<{ action: string }[]>`select action from app.audit_entries
    where workspace_id = ${w.id} and resource_type = 'report_schedule' order by sequence`;
  expect(written.map(({ action }) => action)).toEqual([
    "report_schedule.created",
    "report_schedule.sent",
    "report_schedule.deleted",
  ]);
});

test("REP-17 nothing but the server makes a link: one that was altered, or signed for something else, leads nowhere", () => {
  const id = "0192f0c1-2345-7abc-8def-0123456789ab";
  const token = linkToken("the server's secret", "letter", id);
  expect(readLinkToken("the server's secret", token)).toEqual({ kind: "letter", id });
  expect(readLinkToken("another secret", token)).toBeNull();
  expect(readLinkToken("the server's secret", token.replace(/^l/, "a"))).toBeNull();
  expect(readLinkToken("the server's secret", token.replace("89ab-", "89ac-"))).toBeNull();
  expect(readLinkToken("the server's secret", "")).toBeNull();
});

test("REP-18 a test sends last month's package at once to whoever asks, and to nobody else", async () => {
  const admin = await join(db, w, "admin");
  const investor = `investor-${w.slug}@example.com`;
  const id = await schedule({ recipients: [w.owner.email, investor] });
  await asPerson(db, admin, (tx) => tx`select launch.test_report_schedule(${w.id}, ${id})`);
  expect(await letters()).toMatchObject([{ email: admin.email, month: "2026-12-01", outside: false }]);
  expect(await tick("2027-02-01T07:00:00Z")).toBe(1);
});
