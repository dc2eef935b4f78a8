import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Functions, jobSecret, startFunctions } from "#stack/functions.ts";
import { freePort } from "#stack/ports.ts";
import { newChannel, newSigningSecret, raiseAlert } from "#tests/setup/channels.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newWorkspace, type Workspace } from "#tests/setup/people.ts";
import { type MailServer, startMailServer } from "./mail-server.ts";
import { type Receiver, startReceiver } from "./receiver.ts";

const CRON_SECRET = "derives the job's secret";

let db: TestDatabase;
let mail: MailServer;
let receiver: Receiver;
let w: Workspace;
let port: number;
let folder: string;

beforeAll(async () => {
  db = await testDatabase();
  mail = await startMailServer();
  receiver = await startReceiver();
  port = await freePort();
  folder = mkdtempSync(join(tmpdir(), "gantry-outbox-"));
  w = await newWorkspace(db);
});
afterAll(async () => {
  await Promise.all([mail.close(), receiver.close()]);
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The function as it runs in production: a Deno process of its own. */
function startOutbox(): Promise<Functions> {
  return startFunctions({
    port,
    root: process.cwd(),
    only: ["outbox"],
    env: {
      DATABASE_URL: db.serviceUrl,
      GANTRY_SECRET: "a secret that makes links, for tests only",
      GANTRY_SITE_URL: "https://console.example.com",
      GANTRY_PRIVATE_TARGETS: "127.0.0.0/8",
      SMTP_URL: mail.url,
      MAIL_FROM: "Gantry <no-reply@gantry.local>",
    },
    cronSecret: CRON_SECRET,
    logDir: folder,
    cacheDir: join(folder, "deno"),
    watch: false,
    report: () => undefined,
  });
}

const start = () =>
  fetch(`http://127.0.0.1:${port}/functions/v1/outbox`, {
    method: "POST",
    headers: { "x-gantry-job-secret": jobSecret(CRON_SECRET, "outbox") },
  });

test("WHK-15 kill -9 of the deliverer between claim and settlement loses nothing, and delivers again under the same ids", async () => {
  const secret = newSigningSecret();
  await newChannel(db, w, { kind: "webhook", secret, url: `${receiver.url}/hook` });
  await newChannel(db, w, { kind: "email" });
  const count = 120;
  for (let n = 0; n < count; n += 1) await raiseAlert(db, w, `alert ${n}`);
  let answered = 0;
  receiver.answer((response) => {
    answered += 1;
    // Half of the batch arrives; nothing of it is settled, because the other half hangs.
    if (answered % 2 === 0) response.writeHead(200).end();
  });
  const first = await startOutbox();
  const cut = start().then(
    () => "answered",
    () => "cut",
  );
  await vi.waitFor(() => expect(receiver.received.length).toBeGreaterThan(20), { timeout: 20_000 });
  first.kill();
  await first.stop();
  expect(await cut).toBeOneOf(["cut", "answered"]);
  const [before] = await db.owner`select count(*)::int as n from app.deliveries where state <> 'pending'`;
  expect(before).toEqual({ n: 0 });
  const early = new Set(receiver.received.map(({ headers }) => headers["webhook-id"]));
  expect(early.size).toBeGreaterThan(20);

  receiver.answer((response) => void response.writeHead(200).end());
  const second = await startOutbox();
  try {
    const again = await start();
    expect(await again.json()).toMatchObject({ delivered: expect.any(Number) });
    await setClock(db, new Date(Date.now() + 61_000).toISOString());
    const last = await start();
    expect(last.status).toBe(200);
  } finally {
    await second.stop();
  }
  const states = await db.owner`select state, count(*)::int as n from app.deliveries group by state`;
  expect(states).toEqual([{ state: "delivered", n: count * 2 }]);
  const ids = new Set(receiver.received.map(({ headers }) => headers["webhook-id"]));
  expect(ids.size).toBe(count);
  for (const id of early) expect(ids).toContain(id);
  for (const { body, headers } of receiver.received.slice(-5)) {
    const verified = new Webhook(secret).verify(body, {
      "webhook-id": String(headers["webhook-id"]),
      "webhook-timestamp": String(headers["webhook-timestamp"]),
      "webhook-signature": String(headers["webhook-signature"]),
    });
    expect(verified).toMatchObject({ type: "alert.opened" });
  }
  expect(mail.received.length).toBeGreaterThanOrEqual(count);
});
