import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { hashToken, invitationToken } from "#lib/workspace/invitation-token.ts";
import { type ParsedMail, parseMail } from "#stack/mime.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, newWorkspace, type Workspace } from "#tests/setup/people.ts";
import { createOutbound } from "../../supabase/functions/_shared/outbound.ts";
import { type Deps, handle } from "../../supabase/functions/outbox/index.ts";
import type { Report } from "../../supabase/functions/outbox/run.ts";
import { smtpSender } from "../../supabase/functions/outbox/smtp.ts";
import { type MailServer, startMailServer } from "./mail-server.ts";

const SECRET = "a secret that makes links, for tests only";
const JOB_SECRET = "starts this one job";
const FROM = "Gantry <no-reply@gantry.local>";
const SITE = "https://console.example.com";

let db: TestDatabase;
let server: MailServer;
let workspace: Workspace;
let deps: Deps;

beforeAll(async () => {
  db = await testDatabase();
  server = await startMailServer();
  deps = {
    sql: db.service,
    send: smtpSender(server.url, FROM),
    now: () => performance.now(),
    date: () => new Date(),
    outbound: createOutbound({ own: [] }),
    pagerdutyUrl: "https://events.pagerduty.com/v2/enqueue",
    jobSecret: JOB_SECRET,
    secret: SECRET,
    siteUrl: SITE,
  };
});
afterAll(async () => {
  await server.close();
  await db.close();
});
beforeEach(async () => {
  await setClock(db, null);
  await db.owner`delete from app.outbox`;
  server.reset();
  workspace = await newWorkspace(db);
});

async function invite(
  email = `guest-${randomUUID().slice(0, 8)}@example.com`,
): Promise<{ id: string; email: string }> {
  const id = randomUUID();
  const hash = hashToken(invitationToken(SECRET, id));
  await asPerson(
    db,
    workspace.owner,
    (sql) => sql`select app.invite_member(${workspace.id}, ${id}, ${email}, 'viewer', ${hash})`,
  );
  return { id, email };
}

async function run(changed: Partial<Deps> = {}, secret = JOB_SECRET): Promise<Response> {
  const request = new Request("http://functions.local/outbox", {
    method: "POST",
    headers: { "x-gantry-job-secret": secret },
  });
  return handle(request, { ...deps, ...changed });
}

const report = async (changed: Partial<Deps> = {}) => (await (await run(changed)).json()) as Report;

function mails(): ParsedMail[] {
  return server.received.map((raw) => parseMail(raw));
}

async function messages() {
  return db.owner<{ delivered: boolean; failed: boolean; attempts: number; last_error: string | null }[]>`
    select delivered_at is not null as delivered, failed_at is not null as failed, attempts, last_error
    from app.outbox order by created_at`;
}

test("OUT-01 an invitation arrives as a mail whose link carries the token that only the server can make", async () => {
  const { id, email } = await invite();
  expect(await report()).toEqual({ claimed: 1, delivered: 1, skipped: 0, failed: 0, unsent: 0 });
  const [mail] = mails();
  const link = `${SITE}/invitations/${invitationToken(SECRET, id)}`;
  expect(mail).toMatchObject({ to: [email], subject: "Join Test in Gantry" });
  expect(mail?.text).toContain(link);
  expect(mail?.html).toContain(`href="${link}"`);
  expect(mail?.html).not.toMatch(/<(img|link|script)\b|url\(/i);
  expect(await messages()).toMatchObject([{ delivered: true, failed: false }]);
});

test("OUT-02 without the job's own secret nothing is claimed or sent", async () => {
  await invite();
  for (const secret of ["", "starts another job", `${JOB_SECRET} `.repeat(2)]) {
    expect((await run({}, secret)).status).toBe(401);
  }
  expect((await run({ jobSecret: "" }, "")).status).toBe(401);
  expect(await messages()).toMatchObject([{ delivered: false, attempts: 0 }]);
  expect(server.received).toHaveLength(0);
});

test("OUT-03 a crash between claim and settlement delivers again when the claim has ended, and not before", async () => {
  await invite();
  // Claims and never comes back, as a process does that is killed while it sends.
  void run({ send: () => new Promise(() => undefined) });
  await vi.waitFor(async () => expect(await messages()).toMatchObject([{ attempts: 1 }]));
  expect(await report()).toMatchObject({ claimed: 0 });
  await setClock(db, new Date(Date.now() + 61_000).toISOString());
  expect(await report()).toMatchObject({ claimed: 1, delivered: 1 });
  expect(await messages()).toMatchObject([{ delivered: true, attempts: 2 }]);
});

test("OUT-04 a mail server that refuses leaves the message for a later try, with the reason", async () => {
  await invite();
  server.refuse("450 try again later");
  expect(await report()).toMatchObject({ claimed: 1, delivered: 0, failed: 1 });
  const [message] = await messages();
  expect(message).toMatchObject({ delivered: false, failed: false, attempts: 1 });
  expect(message?.last_error).toContain("450");
  server.refuse(null);
  expect(await report()).toMatchObject({ claimed: 0 });
  await setClock(db, new Date(Date.now() + 60_000).toISOString());
  expect(await report()).toMatchObject({ claimed: 1, delivered: 1 });
});

test("OUT-05 an invitation that was revoked or replaced before it left is not mailed", async () => {
  const { id, email } = await invite();
  const second = await invite(email);
  await asPerson(
    db,
    workspace.owner,
    (sql) => sql`select app.revoke_invitation(${workspace.id}, ${second.id})`,
  );
  expect(id).not.toBe(second.id);
  expect(await report()).toMatchObject({ claimed: 2, skipped: 2, delivered: 0 });
  expect(server.received).toHaveLength(0);
});

test("OUT-06 two deliverers at once send each message once", async () => {
  const guests = await Promise.all(Array.from({ length: 30 }, () => invite()));
  const reports = await Promise.all([report(), report()]);
  expect(reports.reduce((sum, one) => sum + one.delivered, 0)).toBe(30);
  expect(
    mails()
      .flatMap((mail) => mail.to)
      .toSorted(),
  ).toEqual(guests.map((guest) => guest.email).toSorted());
});

test("OUT-07 a deliverer whose claim is nearly over sends nothing more", async () => {
  await invite();
  await invite();
  let now = 0;
  const send: Deps["send"] = async (mail, id) => {
    const refused = await deps.send(mail, id);
    now += 46_000;
    return refused;
  };
  expect(await report({ now: () => now, send })).toMatchObject({ claimed: 2, delivered: 1, unsent: 1 });
});

test("OUT-08 a name with markup or line breaks stays text in the mail and begins no header", async () => {
  await db.owner`update app.workspaces set name = ${'<b>Shop</b> & "Co"'} where id = ${workspace.id}`;
  await db.owner`update app.profiles set display_name = ${"Somebody\r\nBcc: other@example.com"} where id = ${workspace.owner.id}`;
  const { email } = await invite();
  await report();
  const [mail] = mails();
  expect(mail?.to).toEqual([email]);
  expect(mail?.html).not.toContain("<b>Shop</b>");
  expect(mail?.text).toContain('<b>Shop</b> & "Co"');
  expect(mail?.text).toContain("Somebody Bcc: other@example.com invited you");
  expect(server.recipients).toEqual([email]);
});

test("OUT-09 a message that nothing here delivers is settled as failed, and the others still go", async () => {
  await db.owner`insert into app.outbox (workspace_id, topic, payload) values (${workspace.id}, 'webhook.nothing', '{}')`;
  await invite();
  expect(await report()).toMatchObject({ claimed: 2, delivered: 1, failed: 1 });
});
