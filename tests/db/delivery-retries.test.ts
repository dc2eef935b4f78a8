import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { RETRY_SECONDS } from "#lib/delivery/vocabulary.ts";
import { newChannel, raiseAlert, settleAlert } from "#tests/setup/channels.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { claim, claimOnly, FAILED, type Given, settle } from "#tests/setup/deliveries.ts";
import { asPerson, newWorkspace, type Workspace } from "#tests/setup/people.ts";

const NOON = "2026-06-01T12:00:00.000Z";
const later = (seconds: number) => new Date(Date.parse(NOON) + seconds * 1000).toISOString();
const DAY = 86_400;

let db: TestDatabase;
let w: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  await db.owner`truncate app.messages, app.deliveries, app.delivery_attempts`;
  w = await newWorkspace(db);
});

const deliveries = () => db.owner`select * from app.deliveries order by id`;
const channel = async (id: string) => (await db.owner`select * from app.channels where id = ${id}`)[0];
const alertsAbout = (id: string) =>
  db.owner`select status, severity, title from launch.alerts where fingerprint = ${`delivery:${id}`} order by id`;

describe("what fails", () => {
  test("DLV-14 it is tried ten times, each pause as Standard Webhooks has it and up to a tenth more, and then is dead", async () => {
    const id = await newChannel(db, w);
    await raiseAlert(db, w, "a");
    let at = 0;
    const messages = new Set<string>();
    for (const pause of [...RETRY_SECONDS, null]) {
      const delivery = await claimOnly(db);
      messages.add(delivery.message_id);
      await settle(db, [delivery], FAILED);
      const [row] = await deliveries();
      if (pause === null) {
        expect(row).toMatchObject({ state: "dead", attempts: 10, settled_at: new Date(later(at)) });
        break;
      }
      const due = (row?.due_at.getTime() - Date.parse(NOON)) / 1000;
      expect(due - at).toBeGreaterThanOrEqual(pause);
      expect(due - at).toBeLessThanOrEqual(pause * 1.1);
      await setClock(db, later(due - 0.001));
      expect(await claim(db)).toEqual([]);
      // The database counts microseconds, which a Date cuts off.
      at = due + 0.001;
      await setClock(db, later(at));
    }
    expect(messages.size).toBe(1);
    expect(
      await db.owner`select status, error, took_ms from app.delivery_attempts order by attempt`,
    ).toHaveLength(10);
    expect(await alertsAbout(id)).toMatchObject([{ status: "open", severity: "warning" }]);
  });

  test("DLV-15 Retry-After is waited for, by this message and every other to its channel", async () => {
    await newChannel(db, w);
    const other = await newChannel(db, w);
    await raiseAlert(db, w, "a");
    const all = await claim(db);
    const limited = all.filter(({ channel_id }) => channel_id !== other);
    await settle(db, limited, { outcome: "failed", status: 429, error: "It answered 429.", retryAfter: 90 });
    await raiseAlert(db, w, "b");
    expect((await claim(db)).map(({ channel_id }) => channel_id)).toEqual([other]);
    await setClock(db, later(89));
    expect((await claim(db)).filter(({ channel_id }) => channel_id !== other)).toEqual([]);
    await setClock(db, later(90));
    expect((await claim(db)).filter(({ channel_id }) => channel_id !== other)).toHaveLength(2);
  });

  test("DLV-16 what was held back is no attempt", async () => {
    await newChannel(db, w);
    await raiseAlert(db, w, "a");
    await settle(db, [await claimOnly(db)], { outcome: "held", retryAfter: 30 });
    expect(await deliveries()).toMatchObject([{ state: "pending", attempts: 0, tries: 0 }]);
    expect(await db.owner`select from app.delivery_attempts`).toHaveLength(0);
    await setClock(db, later(30));
    expect(await claimOnly(db)).toMatchObject({ attempt: 1 });
  });

  test("DLV-17 a late outcome counts only when it arrived after all", async () => {
    await newChannel(db, w);
    await raiseAlert(db, w, "a");
    const slow = await claimOnly(db);
    await setClock(db, later(61));
    const second = await claimOnly(db);
    expect(second).toMatchObject({ id: slow.id, attempt: 2, message_id: slow.message_id });
    await settle(db, [slow], { outcome: "refused", error: "late" });
    expect(await deliveries()).toMatchObject([{ state: "pending" }]);
    await settle(db, [slow], { outcome: "delivered" });
    await settle(db, [second], FAILED);
    expect(await deliveries()).toMatchObject([{ state: "delivered" }]);
  });

  test("DLV-18 a receiver that is gone switches its channel off, with an alert to the others and its dead letters kept", async () => {
    const id = await newChannel(db, w, { name: "Old receiver" });
    const other = await newChannel(db, w);
    await raiseAlert(db, w, "a");
    await settleAlert(db, w, "a");
    const mine = (await claim(db)).filter(({ channel_id }) => channel_id === id);
    await settle(db, mine, { outcome: "gone", status: 410, error: "It answered 410." });
    expect(await channel(id)).toMatchObject({ enabled: false, disabled_reason: "gone" });
    expect(await alertsAbout(id)).toMatchObject([
      { severity: "critical", title: expect.stringContaining("Old receiver") },
    ]);
    const rows = await db.owner`select state, subject from app.deliveries where channel_id = ${id}`;
    expect(rows.map(({ state }) => state)).toEqual(["dead", "dead"]);
    const told =
      await db.owner`select d.channel_id from app.deliveries d join app.messages m on m.id = d.message_id
      where m.data ->> 'kind' = 'delivery'`;
    expect(told).toEqual([{ channel_id: other }]);
    const [entry] =
      await db.owner`select actor_kind, details from app.audit_entries where action = 'channel.disabled'
      and workspace_id = ${w.id}`;
    expect(entry).toMatchObject({ actor_kind: "engine", details: { because: "gone" } });
  });

  test("DLV-19 five days of nothing but failures switch a channel off; one success starts them anew", async () => {
    const id = await newChannel(db, w);
    const failAt = async (seconds: number, given: Given = FAILED) => {
      await setClock(db, later(seconds));
      await raiseAlert(db, w, `at ${seconds}`);
      await settle(db, await claim(db), given);
    };
    await failAt(0);
    expect(await channel(id)).toMatchObject({
      failing_since: new Date(NOON),
      last_error: "It answered 500.",
    });
    await failAt(4 * DAY, { outcome: "delivered" });
    expect(await channel(id)).toMatchObject({ failing_since: null, last_error: null, enabled: true });
    await failAt(4 * DAY + 60);
    await failAt(9 * DAY + 59);
    expect(await channel(id)).toMatchObject({ enabled: true });
    await failAt(9 * DAY + 60);
    expect(await channel(id)).toMatchObject({ enabled: false, disabled_reason: "failing" });
    expect(await alertsAbout(id)).toMatchObject([{ severity: "critical", status: "open" }]);
    await asPerson(db, w.owner, (sql) => sql`select app.switch_channel(${w.id}, ${id}, true)`);
    expect(await channel(id)).toMatchObject({ enabled: true, failing_since: null });
    expect(await alertsAbout(id)).toMatchObject([{ status: "resolved" }]);
  });

  test("DLV-20 messages that arrive again settle the channel's alert", async () => {
    const id = await newChannel(db, w);
    await raiseAlert(db, w, "a");
    await settle(db, [await claimOnly(db)], { outcome: "refused", status: 400, error: "It answered 400." });
    expect(await alertsAbout(id)).toMatchObject([{ status: "open", severity: "warning" }]);
    await raiseAlert(db, w, "b");
    await settle(db, await claim(db), { outcome: "delivered" });
    expect(await alertsAbout(id)).toMatchObject([{ status: "resolved" }]);
  });
});

describe("by hand", () => {
  const as = <T>(run: Parameters<typeof asPerson<T>>[2]) => asPerson(db, w.owner, run);

  test("DLV-21 a dead letter is replayed under its message id with a whole schedule, one or all since a time", async () => {
    const id = await newChannel(db, w);
    for (const [n, fingerprint] of ["a", "b", "c"].entries()) {
      await setClock(db, later(n * 3600));
      await raiseAlert(db, w, fingerprint);
      await settle(db, await claim(db), { outcome: "refused", status: 400, error: "no" });
    }
    const [first, second, third] = await deliveries();
    await as((sql) => sql`select app.replay_delivery(${w.id}, ${first?.id})`);
    const again = await claimOnly(db);
    expect(again).toMatchObject({ id: first?.id, attempt: 2, message_id: first?.message_id });
    await expect(as((sql) => sql`select app.replay_delivery(${w.id}, ${first?.id})`)).rejects.toMatchObject({
      code: "GTTRN",
    });
    await settle(db, [again], FAILED);
    expect((await deliveries())[0]).toMatchObject({ state: "pending", tries: 1, attempts: 2 });
    const [count] = await as(
      (sql) => sql`select app.replay_failed_deliveries(${w.id}, ${id}, ${later(7200)}) as n`,
    );
    expect(count).toEqual({ n: 1 });
    expect((await claim(db)).map((row) => row.id)).toEqual([third?.id]);
    expect((await deliveries())[1]).toMatchObject({ id: second?.id, state: "dead" });
    const replayed =
      await db.owner`select from app.audit_entries where workspace_id = ${w.id} and action = 'channel.replayed'`;
    expect(replayed).toHaveLength(2);
    await as((sql) => sql`select app.switch_channel(${w.id}, ${id}, false)`);
    await expect(as((sql) => sql`select app.replay_delivery(${w.id}, ${second?.id})`)).rejects.toMatchObject({
      code: "GTTRN",
    });
  });

  test("DLV-22 a test goes to a channel that is switched off, is tried once and says nothing of its health", async () => {
    const id = await newChannel(db, w);
    await as((sql) => sql`select app.switch_channel(${w.id}, ${id}, false)`);
    await as((sql) => sql`select app.test_channel(${w.id}, ${id})`);
    const test = await claimOnly(db);
    expect(test).toMatchObject({ type: "channel.test", channel_id: id });
    await settle(db, [test], FAILED);
    expect(await deliveries()).toMatchObject([
      { state: "dead", attempts: 1, last_error: "It answered 500." },
    ]);
    expect(await channel(id)).toMatchObject({ failing_since: null });
    expect(await alertsAbout(id)).toHaveLength(0);
  });

  test("DLV-23 messages are forgotten after 90 days with their attempts, unless one is still to be delivered", async () => {
    await newChannel(db, w);
    await raiseAlert(db, w, "a");
    await settle(db, [await claimOnly(db)], { outcome: "delivered" });
    await raiseAlert(db, w, "b");
    await setClock(db, later(90 * DAY + 1));
    await db.owner`select private.prune_messages()`;
    expect(await deliveries()).toMatchObject([{ state: "pending" }]);
    expect(await db.owner`select from app.delivery_attempts`).toHaveLength(0);
  });
});
