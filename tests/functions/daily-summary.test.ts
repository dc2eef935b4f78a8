import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { parseMail } from "#stack/mime.ts";
import { newChannel, raiseAlert } from "#tests/setup/channels.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";
import { type MailServer, startMailServer } from "./mail-server.ts";
import { type OutboxProcess, outboxProcess } from "./outbox-process.ts";
import { type Receiver, startReceiver } from "./receiver.ts";

let db: TestDatabase;
let mail: MailServer;
let receiver: Receiver;
let w: Workspace;
let outbox: OutboxProcess;

beforeAll(async () => {
  db = await testDatabase();
  mail = await startMailServer();
  receiver = await startReceiver();
  w = await newWorkspace(db);
  await openCountry(db, w, "PL");
  await openCountry(db, w, "CZ");
  await newChannel(db, w, { kind: "email", messageTypes: ["summary.daily"] });
  await newChannel(db, w, {
    kind: "slack",
    secret: `${receiver.url}/services/T0/B0/key`,
    messageTypes: ["summary.daily"],
  });
  await newChannel(db, w, {
    kind: "email",
    recipients: ["others@example.com"],
    messageTypes: ["country.activated"],
  });
  await asPerson(db, w.owner, (tx) => tx`select launch.set_daily_summary(${w.id}, true, 8, 'UTC', 0)`);
  outbox = await outboxProcess(db, mail);
  await outbox.start();
});
afterAll(async () => {
  await outbox.close();
  await Promise.all([mail.close(), receiver.close()]);
  await db.close();
});

const deliver = async (): Promise<unknown> => (await outbox.deliver()).json();

/** Lets the summary's hour come, and does what cron does at that minute. */
async function due(): Promise<void> {
  await db.owner`update launch.summary_settings set due_at = launch.now(), sent_day = null`;
  expect(await db.service`select launch.send_due_summaries() as sent`).toEqual([{ sent: 1 }]);
}

/** Yesterday in Poland: 812 of 1,000 admitted, and 34 refusals for the cap. */
async function yesterday(): Promise<void> {
  await db.owner`
    with d as (select (launch.now() at time zone 'Europe/Warsaw')::date - 1 as day_on),
    b as (select d.day_on, private.day_boundary('Europe/Warsaw', d.day_on) as starts_at, private.day_boundary('Europe/Warsaw', d.day_on + 1) as ends_at from d),
    c as (insert into launch.counter_days (workspace_id, country, operation, day_on, day_starts_at, day_ends_at, used, held, corrected, amount_used, cap)
      select ${w.id}, 'PL', 'user', day_on, starts_at, ends_at, 812, 0, 0, 0, 1000 from b),
    s as (insert into launch.kept_slots (counter_id, slot_at, workspace_id, country, operation, day_on, granted, refused)
      select k.id, b.ends_at - interval '2 hours', ${w.id}, 'PL', 'user', b.day_on, 812, 34 from b, launch.counters k
      where k.workspace_id = ${w.id} and k.country = 'PL' and k.operation = 'user')
    insert into launch.receipts (id, decided_at, workspace_id, api_key_id, idempotency_key, country, operation, units, allowed, reason, throttle_level)
    select private.uuid_v7(), b.ends_at - interval '1 hour', ${w.id}, ${w.id}, 'key ' || n, 'PL', 'user', 1, false,
      case when n <= 30 then 'cap_reached' else 'blocked' end, 0 from b, generate_series(1, 34) n`;
}

const mails = () => mail.received.map((raw) => parseMail(raw));

test("SUM-10 a day without a cap check says so, and each channel that wants the summary gets one", async () => {
  await due();
  expect(await deliver()).toMatchObject({ delivered: 2 });
  expect(mails().map(({ to }) => to)).toEqual([["ops@example.com"]]);
  expect(mails()[0]?.text).toContain("No cap check was answered for Test");
  expect(mails()[0]?.text).toContain("Poland (soft): no cap check");
  expect(receiver.received).toHaveLength(1);
  expect(receiver.received[0]?.body).toContain("No cap check was answered for Test");
}, 90_000);

test("SUM-11 it tells each country's local yesterday, why checks were refused, alerts, pauses, load, and what comes next", async () => {
  mail.reset();
  receiver.reset();
  await yesterday();
  await raiseAlert(db, w, "one", { severity: "critical" });
  await raiseAlert(db, w, "two");
  await asPerson(db, w.owner, (tx) => tx`select launch.pause_country(${w.id}, 'CZ', 'too many <tickets>')`);
  await db.owner`insert into launch.load_levels (workspace_id, slot_at, level, level_in_force)
    select ${w.id}, date_trunc('minute', launch.now()) - n * interval '1 minute', 2, 2 from generate_series(1, 90) n`;
  await asPerson(db, w.owner, (tx) => tx`select launch.add_sequence_countries(${w.id}, array['SK'], null)`);
  await due();
  expect(await deliver()).toMatchObject({ delivered: 2 });
  const { text = "", html = "" } = mails()[0] ?? {};
  for (const words of [
    "812 people admitted and 34 checks refused in Test",
    "Poland (soft): 812 of 1,000 (81 %) admitted; 34 refused, mostly because the cap was reached",
    "Paused: Czechia (too many <tickets>)",
    "Throttled: 1.5 hours at level 2 or above",
    "Alerts: 2 opened; 2 open, 1 critical: Alert one; Alert two",
    "Next steps: Slovakia opens next, as soft",
    "https://console.example.com/",
  ]) {
    expect(text).toContain(words);
  }
  expect(html).not.toContain("<tickets>");
  const slack = JSON.parse(receiver.received[0]?.body ?? "{}");
  const fields = slack.blocks.flatMap((block: { fields?: { text: string }[] }) => block.fields ?? []);
  expect(fields.map((field: { text: string }) => field.text)).toContain(
    "*Paused*\nCzechia (too many &lt;tickets&gt;)",
  );
}, 60_000);

test("SUM-14 of more than two countries that nobody asked for the names alone are told, in one line", async () => {
  mail.reset();
  receiver.reset();
  await db.owner`insert into launch.countries (workspace_id, code, phase, time_zone, activated_at)
    select ${w.id}, x, 'soft', 'UTC', launch.now() from unnest('{AT,HU}'::text[]) x`;
  await due();
  expect(await deliver()).toMatchObject({ delivered: 2 });
  const text = mails()[0]?.text ?? "";
  expect(text).toMatch(
    /^No cap check: (Austria|Czechia|Hungary), (Austria|Czechia|Hungary), (Austria|Czechia|Hungary)\r?$/m,
  );
  expect(text).toContain("Poland (soft): 812 of 1,000");
  expect(text).not.toContain("no cap check");
  expect(receiver.received[0]?.body).toContain("*No cap check*");
  await db.owner`delete from launch.countries where workspace_id = ${w.id} and code in ('AT', 'HU')`;
}, 60_000);

test("SUM-12 twelve countries at most are told one by one, and Slack gets no more than ten fields a block", async () => {
  mail.reset();
  receiver.reset();
  await db.owner`insert into launch.countries (workspace_id, code, phase, time_zone, activated_at)
    select ${w.id}, i.code, 'soft', coalesce(i.time_zone, 'UTC'), launch.now() from launch.iso_countries i
    where i.code not in ('PL', 'CZ', 'SK') order by i.code limit 100`;
  await db.owner`insert into launch.counter_days (workspace_id, country, operation, day_on, day_starts_at, day_ends_at, used, held, corrected, amount_used, cap)
    select c.workspace_id, c.code, 'user', d.day_on, private.day_boundary(c.time_zone, d.day_on), private.day_boundary(c.time_zone, d.day_on + 1),
      1, 0, 0, 0, 1000
    from launch.countries c cross join lateral (select (launch.now() at time zone c.time_zone)::date - 1 as day_on) d
    where c.workspace_id = ${w.id} and c.code not in ('PL', 'CZ', 'SK')`;
  await due();
  expect(await deliver()).toMatchObject({ delivered: 2 });
  expect(mails()[0]?.text).toContain("Besides: 90 more countries");
  expect(mails()[0]?.text?.match(/^.+ \((soft|paused)\): /gm)).toHaveLength(12);
  const slack = JSON.parse(receiver.received[0]?.body ?? "{}");
  const sizes = slack.blocks.map((block: { fields?: unknown[] }) => block.fields?.length ?? 0);
  expect(Math.max(...sizes)).toBe(10);
  expect(receiver.received[0]?.body).toContain("Besides");
}, 60_000);

test("SUM-13 kill -9 between claim and settlement loses nothing: the same message comes again, and no other that day", async () => {
  mail.reset();
  receiver.reset();
  mail.hang(true);
  await due();
  const cut = deliver().then(
    () => "answered",
    () => "cut",
  );
  await vi.waitFor(() => expect(mail.received).toHaveLength(1), { timeout: 30_000 });
  await outbox.kill();
  expect(await cut).toBeOneOf(["cut", "answered"]);
  mail.hang(false);
  await outbox.start();
  await setClock(db, new Date(Date.now() + 61_000).toISOString());
  expect(await db.service`select launch.send_due_summaries() as sent`).toEqual([{ sent: 0 }]);
  expect(await deliver()).toMatchObject({ delivered: 2 });
  const ids = mail.received.map((raw) => /^Message-ID: (.*)$/im.exec(raw)?.[1]);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
  const [told] =
    await db.owner`select count(*)::int as messages, count(*) filter (where d.state = 'delivered')::int as delivered
    from app.messages m join app.deliveries d on d.message_id = m.id where m.at = (select max(at) from app.messages where type = 'summary.daily')`;
  expect(told).toEqual({ messages: 2, delivered: 2 });
}, 90_000);
