import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newChannel, raiseAlert, settleAlert } from "#tests/setup/channels.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { claim, claimOnly, FAILED, settle } from "#tests/setup/deliveries.ts";
import { asPerson, newWorkspace, type Workspace } from "#tests/setup/people.ts";

const NOON = "2026-06-01T12:00:00.000Z";
const later = (seconds: number) => new Date(Date.parse(NOON) + seconds * 1000).toISOString();

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

const as = <T>(run: Parameters<typeof asPerson<T>>[2]) => asPerson(db, w.owner, run);
const isDue = async () => (await db.owner<{ due: boolean }[]>`select private.outbox_is_due() as due`)[0]?.due;

describe("when the deliverer is woken", () => {
  test("DLV-50 it is woken for what a dead deliverer held, a minute later and not before", async () => {
    await newChannel(db, w);
    expect(await isDue()).toBe(false);
    await raiseAlert(db, w, "a");
    expect(await isDue()).toBe(true);
    await claimOnly(db);
    await setClock(db, later(59));
    expect(await isDue()).toBe(false);
    await setClock(db, later(60));
    expect(await isDue()).toBe(true);
  });

  test("DLV-51 it is not woken for what has to wait: a channel that asked for it, or an earlier message of the same alert", async () => {
    await newChannel(db, w);
    await raiseAlert(db, w, "a");
    const first = await claimOnly(db);
    await settleAlert(db, w, "a");
    expect(await isDue()).toBe(false);
    await settle(db, [first], { outcome: "delivered" });
    expect(await isDue()).toBe(true);
    await settle(db, [await claimOnly(db)], { outcome: "failed", status: 429, retryAfter: 90 });
    await raiseAlert(db, w, "b");
    expect(await isDue()).toBe(false);
    await setClock(db, later(90));
    expect(await isDue()).toBe(true);
  });
});

describe("whom a message waits for", () => {
  test("DLV-52 a channel that fails keeps no other from hearing the next of the same alert", async () => {
    const [failing, fine] = [await newChannel(db, w), await newChannel(db, w)];
    await raiseAlert(db, w, "a");
    const all = await claim(db);
    await settle(
      db,
      all.filter(({ channel_id }) => channel_id === failing),
      FAILED,
    );
    await settle(
      db,
      all.filter(({ channel_id }) => channel_id === fine),
      { outcome: "delivered" },
    );
    await settleAlert(db, w, "a");
    expect((await claim(db)).map(({ channel_id, type }) => [channel_id, type])).toEqual([
      [fine, "alert.resolved"],
    ]);
  });
});

describe("by hand", () => {
  test("DLV-53 sending again since a time sends what is dead, and nothing that arrived or was a test", async () => {
    const id = await newChannel(db, w);
    await raiseAlert(db, w, "arrives");
    await settle(db, await claim(db), { outcome: "delivered" });
    await raiseAlert(db, w, "dies");
    await as((sql) => sql`select app.test_channel(${w.id}, ${id})`);
    await settle(db, await claim(db), { outcome: "refused", status: 400, error: "It answered 400." });
    const [count] = await as((sql) => sql`select app.replay_failed_deliveries(${w.id}, ${id}, ${NOON}) as n`);
    expect(count).toEqual({ n: 1 });
    expect(await claimOnly(db)).toMatchObject({ type: "alert.opened", data: { fingerprint: "dies" } });
  });

  test("DLV-54 a test that fails at a channel in use says nothing of its health and raises no alert", async () => {
    const id = await newChannel(db, w);
    await as((sql) => sql`select app.test_channel(${w.id}, ${id})`);
    await settle(db, [await claimOnly(db)], FAILED);
    expect(await db.owner`select failing_since, last_error from app.channels where id = ${id}`).toEqual([
      { failing_since: null, last_error: null },
    ]);
    expect(await db.owner`select from launch.alerts where fingerprint = ${`delivery:${id}`}`).toEqual([]);
  });

  test("DLV-55 the alert about a channel ends with the channel, acknowledged, muted or after it was switched off by itself", async () => {
    const channels = [await newChannel(db, w), await newChannel(db, w), await newChannel(db, w)];
    await raiseAlert(db, w, "a");
    const claimed = await claim(db);
    for (const { id, attempt, channel_id } of claimed) {
      const outcome = channel_id === channels[2] ? "gone" : "refused";
      await settle(db, [{ id, attempt }], { outcome, status: 410, error: "It answered 410." });
    }
    const about = () => db.owner<{ id: string; status: string; outcome: string | null; muted: boolean }[]>`
      select id, status, outcome, muted_until is not null as muted from launch.alerts where workspace_id = ${w.id} and kind = 'delivery' order by id`;
    const [first, second, ...more] = await about();
    expect(more).toHaveLength(1);
    await as((sql) => sql`select launch.acknowledge_alert(${w.id}, ${first?.id ?? null})`);
    await as((sql) => sql`select launch.mute_alert(${w.id}, ${second?.id ?? null}, ${later(3600)}, 'known')`);
    for (const id of channels) await as((sql) => sql`select app.delete_channel(${w.id}, ${id})`);
    for (const alert of await about())
      expect(alert).toMatchObject({ status: "resolved", outcome: "recovered", muted: false });
    // What a deliverer still had in hand settles without a word of a channel that is gone.
    for (const { id, attempt } of claimed)
      await settle(db, [{ id, attempt }], { outcome: "gone", status: 410, error: "It answered 410." });
    expect((await about()).map(({ status }) => status)).toEqual(["resolved", "resolved", "resolved"]);
  });
});
