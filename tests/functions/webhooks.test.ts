import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newChannel, newSigningSecret, raiseAlert, type TestChannel } from "#tests/setup/channels.ts";
import type { TestDatabase } from "#tests/setup/database.ts";
import { asPerson, openCountry, type Workspace } from "#tests/setup/people.ts";
import { createOutbound } from "../../supabase/functions/_shared/outbound.ts";
import { type Delivering, startDelivering } from "./delivering.ts";
import type { Received, Receiver } from "./receiver.ts";

let delivering: Delivering;
let db: TestDatabase;
let receiver: Receiver;
let w: Workspace;

beforeAll(async () => {
  delivering = await startDelivering();
  ({ db, receiver } = delivering);
});
afterAll(() => delivering.close());
beforeEach(async () => {
  w = await delivering.reset();
});

const run: Delivering["run"] = (changed) => delivering.run(changed);
const seconds = (after: number) => delivering.seconds(after);
const attempts = () => delivering.attempts();
const hook = (partial: TestChannel = {}) =>
  newChannel(db, w, { kind: "webhook", url: `${receiver.url}/hook`, ...partial });
const only = () => delivering.only();

function signed({ headers }: Received): Record<string, string> {
  return {
    "webhook-id": String(headers["webhook-id"]),
    "webhook-timestamp": String(headers["webhook-timestamp"]),
    "webhook-signature": String(headers["webhook-signature"]),
  };
}

describe("a webhook", () => {
  test("WHK-09 the Standard Webhooks library verifies it, and nothing of it can be changed", async () => {
    const secret = newSigningSecret();
    await hook({ secret });
    await raiseAlert(db, w, "load:webrtc", { severity: "critical", evidence: { value: 12_000 } });
    expect(await run()).toMatchObject({ claimed: 1, delivered: 1 });
    const request = only();
    const { body } = request;
    const headers = signed(request);
    const library = new Webhook(secret);
    expect(library.verify(body, headers)).toMatchObject({
      type: "alert.opened",
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      data: { fingerprint: "load:webrtc", severity: "critical", country: "PL", evidence: { value: 12_000 } },
    });
    const id = headers["webhook-id"];
    const at = headers["webhook-timestamp"];
    const mac = createHmac("sha256", Buffer.from(secret.slice(6), "base64")).update(`${id}.${at}.${body}`);
    expect(headers["webhook-signature"]).toBe(`v1,${mac.digest("base64")}`);
    const sixMinutesAgo = new Date(Number(at) * 1000 - 360_000);
    for (const [changed, changedBody] of [
      [headers, body.replace("critical", "warning")],
      [{ ...headers, "webhook-id": `${id}x` }, body],
      [{ ...headers, "webhook-timestamp": String(Number(at) + 1) }, body],
      [
        {
          ...headers,
          "webhook-timestamp": String(Math.floor(sixMinutesAgo.getTime() / 1000)),
          "webhook-signature": library.sign(id ?? "", sixMinutesAgo, body),
        },
        body,
      ],
    ] as const) {
      expect(() => library.verify(changedBody, changed)).toThrow();
    }
    expect(() => new Webhook(newSigningSecret()).verify(body, headers)).toThrow();
  });

  test("WHK-10 while a secret is rotated both sign, and afterwards the new one alone", async () => {
    const first = newSigningSecret();
    const second = newSigningSecret();
    const id = await hook({ secret: first });
    await asPerson(
      db,
      w.owner,
      (sql) => sql`select app.rotate_channel_secret(${w.id}, ${id}, ${second}, 3600)`,
    );
    await raiseAlert(db, w, "a");
    await run();
    const during = only();
    for (const secret of [first, second]) {
      const verified = new Webhook(secret).verify(during.body, signed(during));
      expect(verified).toMatchObject({ type: "alert.opened" });
    }
    receiver.received.length = 0;
    await seconds(3601);
    await raiseAlert(db, w, "b");
    await run();
    const after = only();
    const verified = new Webhook(second).verify(after.body, signed(after));
    expect(verified).toMatchObject({ type: "alert.opened" });
    expect(() => new Webhook(first).verify(after.body, signed(after))).toThrow();
  });

  test("WHK-11 a receiver that fails, moves, hangs up and recovers gets the same message under the same id", async () => {
    const secret = newSigningSecret();
    const id = await hook({ secret });
    await raiseAlert(db, w, "a");
    receiver.answer((response) => void response.writeHead(500).end("out of order"));
    expect(await run()).toMatchObject({ claimed: 1, failed: 1 });
    receiver.answer((response) => void response.writeHead(302, { location: `${receiver.url}/inner` }).end());
    await seconds(10);
    await run();
    receiver.answer((response) => response.socket?.destroy());
    await seconds(400);
    await run();
    receiver.answer((response) => void response.writeHead(204).end());
    await seconds(3000);
    expect(await run()).toMatchObject({ delivered: 1 });
    expect(receiver.received.map(({ path }) => path)).toEqual(["/hook", "/hook", "/hook", "/hook"]);
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    expect(await attempts()).toMatchObject([
      { attempt: 1, status: 500, error: "It answered 500.", response: "out of order" },
      { attempt: 2, status: 302, error: "It answered 302." },
      { attempt: 3, status: null, error: "It can't be reached (ECONNRESET)." },
      { attempt: 4, status: 204, error: null },
    ]);
    const [channel] =
      await db.owner`select failing_since, last_success_at from app.channels where id = ${id}`;
    expect(channel).toMatchObject({ failing_since: null, last_success_at: expect.any(Date) });
  });

  test("WHK-12 an address that has become private is refused when it is called, and the try is kept", async () => {
    await hook({ url: "https://rebind.example.com/hook" });
    await raiseAlert(db, w, "a");
    const outbound = createOutbound({ own: [] }, (_, done) =>
      done(null, [{ address: "127.0.0.1", family: 4 }]),
    );
    expect(await run({ outbound })).toMatchObject({ failed: 1 });
    expect(await attempts()).toMatchObject([
      { status: null, error: "rebind.example.com is not on the public internet." },
    ]);
    expect(receiver.received).toHaveLength(0);
  });

  test("WHK-13 410 switches the channel off; Retry-After is honoured, in seconds and as a date", async () => {
    const gone = await hook();
    receiver.answer((response) => void response.writeHead(410).end());
    await raiseAlert(db, w, "a");
    await run();
    const [channel] = await db.owner`select enabled, disabled_reason from app.channels where id = ${gone}`;
    expect(channel).toEqual({ enabled: false, disabled_reason: "gone" });
    await hook();
    for (const wait of ["120", new Date(Date.now() + 3_600_000).toUTCString()]) {
      receiver.answer((response) => void response.writeHead(429, { "retry-after": wait }).end());
      await raiseAlert(db, w, `waits ${wait}`);
      await run();
      const [row] = await db.owner`
        select extract(epoch from due_at - now())::int as due from app.deliveries where state = 'pending' order by id desc limit 1`;
      const asked = wait === "120" ? 120 : 3600;
      expect(row?.due).toBeGreaterThan(asked - 10);
      expect(row?.due).toBeLessThanOrEqual(asked);
      await db.owner`update app.channels set held_until = null`;
    }
  });

  test("WHK-14 every body stays under 20 kB", async () => {
    await hook();
    await raiseAlert(db, w, "large", { evidence: { text: "ż".repeat(40_000) } });
    await raiseAlert(db, w, "middling", { evidence: { text: "ż".repeat(7_900) } });
    await openCountry(db, w, "PL");
    await run();
    expect(receiver.received).toHaveLength(3);
    for (const { body } of receiver.received) expect(Buffer.byteLength(body)).toBeLessThan(20_000);
  });
});
