import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newChannel, newSigningSecret, raiseAlert } from "#tests/setup/channels.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newWorkspace, type Workspace } from "#tests/setup/people.ts";
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
  outbox = await outboxProcess(db, mail);
  w = await newWorkspace(db);
});
afterAll(async () => {
  await outbox.close();
  await Promise.all([mail.close(), receiver.close()]);
  await db.close();
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
  await outbox.start();
  const cut = outbox.deliver().then(
    () => "answered",
    () => "cut",
  );
  await vi.waitFor(() => expect(receiver.received.length).toBeGreaterThan(20), { timeout: 20_000 });
  await outbox.kill();
  expect(await cut).toBeOneOf(["cut", "answered"]);
  const [before] = await db.owner`select count(*)::int as n from app.deliveries where state <> 'pending'`;
  expect(before).toEqual({ n: 0 });
  const early = new Set(receiver.received.map(({ headers }) => headers["webhook-id"]));
  expect(early.size).toBeGreaterThan(20);

  receiver.answer((response) => void response.writeHead(200).end());
  await outbox.start();
  const again = await outbox.deliver();
  expect(await again.json()).toMatchObject({ delivered: expect.any(Number) });
  await setClock(db, new Date(Date.now() + 61_000).toISOString());
  const last = await outbox.deliver();
  expect(last.status).toBe(200);
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
