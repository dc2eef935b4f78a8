import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseMail } from "#stack/mime.ts";
import { newChannel, ROUTING_KEY, raiseAlert, settleAlert } from "#tests/setup/channels.ts";
import type { TestDatabase } from "#tests/setup/database.ts";
import { asPerson, type Workspace } from "#tests/setup/people.ts";
import { type Delivering, SITE, startDelivering } from "./delivering.ts";
import type { MailServer } from "./mail-server.ts";
import type { Receiver } from "./receiver.ts";

let delivering: Delivering;
let db: TestDatabase;
let receiver: Receiver;
let mail: MailServer;
let w: Workspace;

beforeAll(async () => {
  delivering = await startDelivering();
  ({ db, receiver, mail } = delivering);
});
afterAll(() => delivering.close());
beforeEach(async () => {
  w = await delivering.reset();
});

const run: Delivering["run"] = (changed) => delivering.run(changed);
const seconds = (after: number) => delivering.seconds(after);
const attempts = () => delivering.attempts();
const states = () => delivering.states();
const only = () => delivering.only();
const slack = () => newChannel(db, w, { kind: "slack", secret: `${receiver.url}/services/T0/B0/key` });

describe("the other channels", () => {
  test("DLV-24 PagerDuty triggers, acknowledges and resolves under the alert's fingerprint; 429 is tried again, 400 never", async () => {
    await newChannel(db, w, { kind: "pagerduty" });
    receiver.answer((response) => void response.writeHead(202).end('{"status":"success"}'));
    await raiseAlert(db, w, "risk:PL", { severity: "critical", kind: "risk" });
    const [alert] = await db.owner`select id from launch.alerts where workspace_id = ${w.id}`;
    await asPerson(db, w.owner, (sql) => sql`select launch.acknowledge_alert(${w.id}, ${alert?.id})`);
    await settleAlert(db, w, "risk:PL");
    await run();
    const events = receiver.received.map(({ body }) => JSON.parse(body));
    expect(events.map((event) => event.event_action)).toEqual(["trigger", "acknowledge", "resolve"]);
    expect(new Set(events.map((event) => event.dedup_key))).toEqual(new Set(["risk:PL"]));
    expect(events[0]).toMatchObject({
      routing_key: ROUTING_KEY,
      client_url: `${SITE}/${w.slug}/alerts?alert=${alert?.id}`,
      payload: {
        summary: "Critical: Alert risk:PL",
        severity: "critical",
        source: `gantry/${w.slug}`,
        component: "PL",
      },
    });
    receiver.answer((response) => void response.writeHead(429).end());
    await raiseAlert(db, w, "a");
    await run();
    receiver.answer((response) => void response.writeHead(202).end());
    await seconds(10);
    expect(await run()).toMatchObject({ delivered: 1 });
    receiver.answer((response) => void response.writeHead(400).end('{"message":"invalid"}'));
    await raiseAlert(db, w, `long ${"x".repeat(300)}`);
    await run();
    expect(JSON.parse(receiver.received.at(-1)?.body ?? "{}").dedup_key).toMatch(/^[0-9a-f]{64}$/);
    expect((await states()).at(-1)).toBe("dead");
    expect((await attempts()).at(-1)).toMatchObject({ status: 400, response: '{"message":"invalid"}' });
  });

  test("DLV-25 Slack gets blocks whose text is text, and an address that it no longer knows is a dead letter", async () => {
    const id = await slack();
    await raiseAlert(db, w, "<!channel> & *bold*");
    await run();
    const message = JSON.parse(only().body);
    expect(message.text).toBe("Warning: Alert &lt;!channel&gt; &amp; *bold*");
    expect(message.blocks[0]).toEqual({
      type: "header",
      text: { type: "plain_text", text: "Warning: Alert <!channel> & *bold*", emoji: false },
    });
    expect(JSON.stringify(message.blocks)).toContain("*Country*\\nPoland");
    expect(message.blocks.at(-1).elements[0].url).toContain(`${SITE}/${w.slug}/alerts`);
    receiver.answer((response) => void response.writeHead(404).end("no_service"));
    await raiseAlert(db, w, "b");
    await run();
    expect((await attempts()).at(-1)).toMatchObject({ status: 404, response: "no_service" });
    expect(await states()).toContain("dead");
    const [alert] = await db.owner`select title from launch.alerts where fingerprint = ${`delivery:${id}`}`;
    expect(alert?.title).toContain("could not be delivered");
  });

  test("DLV-26 a mail reaches every recipient, is one thread with its alert, loads nothing, and waits out a refusal", async () => {
    await newChannel(db, w, { kind: "email", recipients: ["one@example.com", "two@example.com"] });
    mail.refuse("451 later");
    await raiseAlert(db, w, "<b>load</b>");
    expect(await run()).toMatchObject({ failed: 1 });
    mail.refuse(null);
    await seconds(10);
    await run();
    await settleAlert(db, w, "<b>load</b>");
    await run();
    expect(mail.recipients).toEqual([
      "one@example.com",
      "two@example.com",
      "one@example.com",
      "two@example.com",
    ]);
    const [opened, resolved] = mail.received.map((raw) => parseMail(raw));
    expect(opened?.subject).toBe("[Test] Warning: Alert <b>load</b>");
    expect(resolved?.subject).toBe("[Test] Resolved: Alert <b>load</b>");
    expect(opened?.html).not.toMatch(/<b>load|<(img|link|script)\b|url\(/i);
    expect(opened?.text).toContain("Country: Poland");
    expect(opened?.text).toContain(`${SITE}/${w.slug}/alerts?alert=`);
    const threads = mail.received.map((raw) => /^References: (.+)$/m.exec(raw)?.[1]);
    expect(threads[0]).toMatch(/^<alert-/);
    expect(threads[1]).toBe(threads[0]);
    mail.refuse("550 no such mailbox");
    await raiseAlert(db, w, "c");
    await run();
    expect((await states()).at(-1)).toBe("dead");
  });

  test("DLV-32 whom a mail reached is not mailed again; who was refused for now is tried again, who was refused for good is not, and the log names both", async () => {
    const [has, full, gone] = ["has@example.com", "Full@Example.com", "gone@example.com"];
    const channel = await newChannel(db, w, { kind: "email", recipients: [has, full, gone] });
    mail.refuseRecipient("Full@example.com", "452 4.2.2 mailbox full");
    mail.refuseRecipient(gone, "550 5.1.1 no such person");
    await raiseAlert(db, w, "a");
    expect(await run()).toMatchObject({ failed: 1 });
    expect(mail.recipients).toEqual([has]);
    const [kept] = await db.owner`select status, error, refusals from app.delivery_attempts`;
    expect(kept?.status).toBe(452);
    expect(kept?.error).toMatch(
      /^Refused for 2 of 3 recipients: Full@Example.com \(452 .*full\), gone@example.com \(550 /,
    );
    expect(kept?.refusals).toEqual([
      { recipient: full, status: 452, response: expect.stringContaining("mailbox full"), final: false },
      { recipient: gone, status: 550, response: expect.stringContaining("no such person"), final: true },
    ]);
    // The others hear the next message of the alert meanwhile.
    await settleAlert(db, w, "a");
    await run();
    expect(mail.recipients).toEqual([has, has]);
    const health = () =>
      db.owner`select failing_since, last_error, last_success_at is not null as heard from app.channels where id = ${channel}`;
    expect(await health()).toEqual([
      { failing_since: null, last_error: expect.stringContaining("gone@example.com (550"), heard: true },
    ]);
    expect(await states()).toEqual(["pending", "pending"]);
    mail.refuseRecipient("Full@example.com", null);
    await seconds(10);
    await run();
    expect(mail.recipients.slice(2)).toEqual(["Full@example.com", "Full@example.com"]);
    expect(await states()).toEqual(["delivered", "delivered"]);
    const errors = await db.owner`select last_error from app.deliveries`;
    expect(errors.map(({ last_error }) => last_error)).toEqual(
      Array(2).fill("Refused for good: gone@example.com"),
    );
    expect(await health()).toMatchObject([{ last_error: "Refused for good: gone@example.com" }]);
    expect(
      await db.owner`select from launch.alerts where workspace_id = ${w.id} and kind = 'delivery'`,
    ).toEqual([]);
  });

  test("DLV-33 a mail that some have is delivered once the rest refuse it for good, and sent again goes to those alone; refused by all it is dead", async () => {
    const [has, gone] = ["has@example.com", "gone@example.com"];
    await newChannel(db, w, { kind: "email", recipients: [has, gone] });
    mail.refuseRecipient(gone, "450 later");
    await raiseAlert(db, w, "a");
    await run();
    expect(await states()).toEqual(["pending"]);
    mail.refuseRecipient(gone, "550 no");
    await seconds(10);
    await run();
    const [one] = await db.owner`select id, state, last_error, reached, refused from app.deliveries`;
    expect(one).toMatchObject({ state: "delivered", reached: [has], refused: [gone] });
    expect(one?.last_error).toContain("gone@example.com (550");
    mail.refuseRecipient(gone, null);
    const again = () => asPerson(db, w.owner, (sql) => sql`select app.replay_delivery(${w.id}, ${one?.id})`);
    await again();
    await run();
    expect(mail.recipients).toEqual([has, gone]);
    await again();
    await run();
    expect(mail.recipients).toEqual([has, gone, has, gone]);
    for (const address of [has, gone]) mail.refuseRecipient(address, "550 no");
    await raiseAlert(db, w, "b");
    await run();
    expect((await states()).at(-1)).toBe("dead");
  });

  test("DLV-27 a channel that fails again and again is left alone for a while, and the others hear at once", async () => {
    const bad = await newChannel(db, w, { kind: "slack", secret: `${receiver.url}/bad` });
    await newChannel(db, w, { kind: "slack", secret: `${receiver.url}/good` });
    receiver.answer(
      (response, { path }) => void response.writeHead(path === "/bad" ? 503 : 200).end("no such luck"),
    );
    for (let n = 0; n < 60; n += 1) await raiseAlert(db, w, `alert ${n}`);
    const report = await run();
    expect(report).toMatchObject({ claimed: 120, delivered: 60 });
    expect(report.unsent).toBeGreaterThan(30);
    expect(receiver.received.filter(({ path }) => path === "/bad").length).toBe(report.failed);
    expect(report.failed).toBeLessThan(30);
    expect(await run()).toMatchObject({ claimed: 0 });
    receiver.answer((response) => void response.writeHead(200).end());
    await seconds(31);
    expect(await run()).toMatchObject({ claimed: 60, delivered: 60 });
    const [left] =
      await db.owner`select count(*)::int as n from app.deliveries where channel_id = ${bad} and state <> 'delivered'`;
    expect(left).toEqual({ n: 0 });
  });

  test("DLV-28 a run shows among the jobs with what it did in each workspace", async () => {
    await slack();
    await raiseAlert(db, w, "a");
    await run();
    const runs = await db.owner`select r.outcome, s.workspace_id, s.report from launch.job_runs r
      join launch.job_results s using (job, due_at) where r.job = 'outbox'`;
    expect(runs).toEqual([
      {
        outcome: "succeeded",
        workspace_id: w.id,
        report: { claimed: 1, delivered: 1, skipped: 0, failed: 0, unsent: 0 },
      },
    ]);
    await raiseAlert(db, w, "b");
    expect(await run()).toMatchObject({ delivered: 1 });
  });
});
