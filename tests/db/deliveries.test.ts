import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newChannel, raiseAlert, settleAlert } from "#tests/setup/channels.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { claim, claimOnly, FAILED, settle } from "#tests/setup/deliveries.ts";
import { asPerson, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";

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

describe("what a channel hears", () => {
  test("DLV-07 each channel hears the types, severities and kinds of alerts it asked for", async () => {
    const all = await newChannel(db, w);
    const critical = await newChannel(db, w, { kind: "slack", minimumSeverity: "critical" });
    const threats = await newChannel(db, w, { kind: "email", alertKinds: ["threat"] });
    const openings = await newChannel(db, w, { kind: "pagerduty", messageTypes: ["alert.opened"] });
    const off = await newChannel(db, w);
    await asPerson(db, w.owner, (sql) => sql`select app.switch_channel(${w.id}, ${off}, false)`);
    const elsewhere = await newChannel(db, await newWorkspace(db));
    await raiseAlert(db, w, "a");
    await raiseAlert(db, w, "a", { severity: "critical", step: 1 });
    await settleAlert(db, w, "a");
    await raiseAlert(db, w, "b", { kind: "threat" });
    const heard: Record<string, string[]> = {};
    for (const { id } of await db.owner<{ id: string }[]>`select id from app.channels`) heard[id] = [];
    const rows = await db.owner<{ channel_id: string; type: string }[]>`
      select d.channel_id, m.type || ' ' || (m.data ->> 'fingerprint') as type from app.deliveries d join app.messages m on m.id = d.message_id order by d.id`;
    for (const row of rows) heard[row.channel_id]?.push(row.type);
    expect(heard[all]).toEqual(["alert.opened a", "alert.worsened a", "alert.resolved a", "alert.opened b"]);
    expect(heard[critical]).toEqual(["alert.worsened a", "alert.resolved a"]);
    expect(heard[threats]).toEqual(["alert.opened b"]);
    expect(heard[openings]).toEqual(["alert.opened a", "alert.opened b"]);
    expect([heard[off], heard[elsewhere]]).toEqual([[], []]);
  });

  test("DLV-08 500 firings of one condition are one message and one resolve", async () => {
    await newChannel(db, w);
    await Promise.all(Array.from({ length: 500 }, () => raiseAlert(db, w, "burst")));
    await settleAlert(db, w, "burst");
    const types: string[] = [];
    for (let next = await claim(db); next.length > 0; next = await claim(db)) {
      types.push(...next.map(({ type }) => type));
      await settle(db, next, { outcome: "delivered", status: 200 });
    }
    expect(types).toEqual(["alert.opened", "alert.resolved"]);
  });

  test("DLV-09 a change of a country is told with what changed, and one that fails tells nothing", async () => {
    await newChannel(db, w);
    await openCountry(db, w, "PL", { phase: "alpha" });
    await asPerson(db, w.owner, async (sql) => {
      await sql`select launch.advance_country(${w.id}, 'PL', 'soft')`;
      await sql`select launch.pause_country(${w.id}, 'PL', 'chargebacks')`;
    });
    await expect(
      asPerson(db, w.owner, async (sql) => {
        await sql`select launch.resume_country(${w.id}, 'PL')`;
        throw new Error("undone");
      }),
    ).rejects.toThrow("undone");
    const told = await db.owner`
      select m.type, m.data from app.messages m join app.deliveries d on d.message_id = m.id where m.workspace_id = ${w.id} order by d.id`;
    expect(told.map(({ type }) => type)).toEqual(["country.activated", "country.advanced", "country.paused"]);
    expect(told[2]?.data).toMatchObject({
      country: "PL",
      phase: "pause",
      from: "soft",
      reason: "chargebacks",
      policy_version: 4,
    });
  });

  test("DLV-10 evidence too large for a webhook is left out, and says so", async () => {
    await newChannel(db, w);
    await raiseAlert(db, w, "large", { evidence: { rows: "x".repeat(30_000) } });
    expect((await claimOnly(db)).data).toMatchObject({
      fingerprint: "large",
      evidence: { omitted: true },
      opened_at: NOON,
    });
  });
});

describe("the order", () => {
  test("DLV-11 of one alert a channel hears the later message after the earlier one, however that fails", async () => {
    const id = await newChannel(db, w);
    await raiseAlert(db, w, "a");
    await raiseAlert(db, w, "b");
    await settleAlert(db, w, "a");
    const first = await claim(db);
    expect(first.map(({ type, data }) => `${type} ${data.fingerprint}`)).toEqual([
      "alert.opened a",
      "alert.opened b",
    ]);
    expect(await claim(db)).toEqual([]);
    await settle(db, first.slice(0, 1), FAILED);
    await settle(db, first.slice(1), { outcome: "delivered" });
    await setClock(db, later(4));
    expect(await claim(db)).toEqual([]);
    await setClock(db, later(6));
    const again = await claimOnly(db);
    expect(again).toMatchObject({ type: "alert.opened", attempt: 2, message_id: first[0]?.message_id });
    await settle(db, [again], { outcome: "delivered" });
    expect(await claimOnly(db)).toMatchObject({ type: "alert.resolved", channel_id: id });
  });

  test("DLV-12 a message that is given up lets the next one go", async () => {
    await newChannel(db, w);
    await raiseAlert(db, w, "a");
    await settleAlert(db, w, "a");
    await settle(db, [await claimOnly(db)], { outcome: "refused", status: 400, error: "It answered 400." });
    expect(await claimOnly(db)).toMatchObject({ type: "alert.resolved" });
  });

  test("DLV-13 two deliverers never hold one delivery, and what a dead one held is claimed again after a minute", async () => {
    await newChannel(db, w);
    for (let n = 0; n < 40; n += 1) await raiseAlert(db, w, `alert ${n}`);
    const both = await Promise.all([claim(db, 30), claim(db, 30)]);
    const ids = both.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    await claim(db);
    await setClock(db, later(59.9));
    expect(await claim(db)).toEqual([]);
    await setClock(db, later(60));
    expect(await claim(db)).toHaveLength(40);
  });
});
