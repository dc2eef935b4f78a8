import { drizzle } from "drizzle-orm/postgres-js";
import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { readLinkToken } from "#lib/reports/link-token.ts";
import { drawReport } from "#lib/reports/reports.ts";
import { type ParsedMail, parseMail } from "#stack/mime.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";
import { SITE } from "./delivering.ts";
import { type MailServer, startMailServer } from "./mail-server.ts";
import { LINK_SECRET, type OutboxProcess, outboxProcess } from "./outbox-process.ts";

const INVESTOR = "investor@example.com";
/** The month before this one: what a report of today is about. */
const NOW = new Date();
const LAST = new Date(Date.UTC(NOW.getUTCFullYear(), NOW.getUTCMonth() - 1, 1));
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(
  LAST,
);

let db: TestDatabase;
let mail: MailServer;
let w: Workspace;
let outbox: OutboxProcess;

beforeAll(async () => {
  db = await testDatabase();
  mail = await startMailServer();
  w = await newWorkspace(db);
  await openCountry(db, w, "PL");
  await db.owner`insert into launch.region_days (workspace_id, country, day_on, day_starts_at, day_ends_at, installs, verified, revenue_minor)
    select ${w.id}, 'PL', d, d, d + 1, 4321, 4000, 98765432 from (select ${LAST.toISOString().slice(0, 10)}::date + 4 as d) x`;
  outbox = await outboxProcess(db, mail);
  await outbox.start();
});
afterAll(async () => {
  await outbox.close();
  await mail.close();
  await db.close();
});

const deliver = async (): Promise<unknown> => (await outbox.deliver()).json();

/** Lets the schedule's time come, and does what cron does at that minute. */
async function due(): Promise<void> {
  await db.owner`update launch.report_schedules set due_at = launch.now(), sent_month = null`;
  expect(await db.service`select launch.send_due_reports() as sent`).toEqual([{ sent: 1 }]);
}

/** The raw mail to an address, its folded lines made whole. */
const rawTo = (email: string) =>
  mail.received
    .filter((raw) => parseMail(raw).to.includes(email))
    .at(-1)
    ?.replaceAll(/\r?\n[ \t]+/g, " ");
const mailTo = (email: string) =>
  mail.received.map((raw) => parseMail(raw)).findLast(({ to }) => to.includes(email));

function linkIn({ text, html }: ParsedMail = { from: "", to: [], subject: "", text: "", html: "" }) {
  const [link = ""] = /https:\/\/\S+/.exec(text) ?? [];
  expect(html).toContain(`href="${link}"`);
  return link;
}

test("REP-20 an outside address is asked, confirms itself, and gets a link of its own to the month's files; no mail holds a figure", async () => {
  await asPerson(
    db,
    w.owner,
    (tx) =>
      tx`select launch.create_report_schedule(${w.id}, 'Monthly', 1, 8, 'UTC', ${[w.owner.email, INVESTOR]})`,
  );
  expect(await deliver()).toMatchObject({ delivered: 1 });
  const question = mailTo(INVESTOR);
  expect(question?.subject).toBe("Confirm your address for the reports of Test");
  const asked = readLinkToken(LINK_SECRET, linkIn(question).split("/").at(-1) ?? "");
  expect(asked?.kind).toBe("address");
  await db.service`select launch.confirm_report_address(${asked?.id ?? null})`;

  await due();
  expect(await deliver()).toMatchObject({ delivered: 2 });
  const inside = mailTo(w.owner.email);
  const outside = mailTo(INVESTOR);
  expect(inside?.subject).toBe(`[Test] Launch report, ${MONTH}`);
  expect(linkIn(inside)).toMatch(new RegExp(`^${SITE}/${w.slug}/reports#[0-9a-f-]{36}$`));
  for (const { text, html } of [inside, outside].filter((one) => one !== undefined)) {
    expect(`${text}${html}`).not.toMatch(/4,?321|987,?654|USD/);
    expect(html).not.toMatch(/<(img|link|script)\b|url\(/i);
  }
  const letter = readLinkToken(LINK_SECRET, linkIn(outside).split("/").at(-1) ?? "");
  const [opened] = await db.service<{ state: string; report_id: string }[]>`
    select state, report_id from launch.open_report_letter(${letter?.id ?? null})`;
  expect(opened?.state).toBe("open");
  await drawReport(opened?.report_id ?? "", drizzle(db.service));
  const [file] = await db.service<{ content: Buffer }[]>`
    select content from launch.fetch_letter_file(${letter?.id ?? null}, 'report.pdf')`;
  const pdf = await getDocumentProxy(new Uint8Array(file?.content ?? Buffer.alloc(0)));
  const { text } = await extractText(pdf, { mergePages: true });
  expect(text.replaceAll(/\s+/g, " ")).toContain(`Launch report, ${MONTH}`);
  expect(text.replaceAll(/\s+/g, " ")).toContain("Poland 4,321 4,000 92.6");
  expect(text).toContain("987654.32 USD");
}, 90_000);

test("REP-23 an outside mail says how to stop it, to its reader and to mail programs; a member's and the question to an address don't", async () => {
  const raw = rawTo(INVESTOR);
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, "im").exec(raw ?? "")?.[1];
  const link = /^<(.*)>$/.exec(header("List-Unsubscribe") ?? "")?.[1] ?? "";
  expect(header("List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click");
  const page = link.replace(/\/unsubscribe$/, "");
  expect(page).not.toBe(link);
  const token = readLinkToken(LINK_SECRET, page.split("/").at(-1) ?? "");
  const [letter] = await db.owner<{ id: string }[]>`
    select id from launch.report_letters where email = ${INVESTOR} order by id desc limit 1`;
  expect(token).toEqual({ kind: "departure", id: letter?.id });
  const outside = mailTo(INVESTOR);
  expect(outside?.text).toMatch(new RegExp(`Stop these mails:\\s+${page}\\s`));
  expect(outside?.html).toContain(`href="${page}"`);
  expect(rawTo(w.owner.email)).not.toMatch(/List-Unsubscribe|Stop these mails/);
  const question = mail.received.find((one) => parseMail(one).subject.startsWith("Confirm"));
  expect(question).not.toMatch(/List-Unsubscribe/);
});

test("REP-21 kill -9 of the deliverer between claim and settlement loses no letter, and it comes again under the same id", async () => {
  mail.reset();
  mail.hang(true);
  await due();
  const cut = deliver().then(
    () => "answered",
    () => "cut",
  );
  await vi.waitFor(() => expect(mail.received).toHaveLength(1), { timeout: 20_000 });
  await outbox.kill();
  expect(await cut).toBeOneOf(["cut", "answered"]);
  const unsent = () =>
    db.owner`select count(*)::int as n from app.outbox where topic = 'email.report' and delivered_at is null`;
  expect(await unsent()).toEqual([{ n: 2 }]);
  mail.hang(false);
  await outbox.start();
  expect(await deliver()).toMatchObject({ claimed: 0 });
  await setClock(db, new Date(Date.now() + 61_000).toISOString());
  expect(await deliver()).toMatchObject({ delivered: 2 });
  expect(await unsent()).toEqual([{ n: 0 }]);
  const ids = mail.received.map((raw) => /^Message-ID: (.*)$/im.exec(raw)?.[1]);
  expect(ids).toHaveLength(3);
  expect(new Set(ids).size).toBe(2);
}, 90_000);

test("REP-22 a letter whose recipient lost the right meanwhile does not leave", async () => {
  mail.reset();
  await due();
  await db.owner`update launch.report_addresses set confirmed_at = null where email = ${INVESTOR}`;
  expect(await deliver()).toMatchObject({ delivered: 1, skipped: 1 });
  expect(mailTo(INVESTOR)).toBeUndefined();
});
