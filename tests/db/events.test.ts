import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { askEvents } from "#lib/signals/ask-events.ts";
import type { EventRow } from "#lib/signals/parse-event.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { event, report } from "#tests/setup/event-rows.ts";
import { asPerson, join, newKey, newWorkspace, type TestKey, type Workspace } from "#tests/setup/people.ts";

const NOON = "2026-06-10T12:00:00.000Z";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let db: TestDatabase;
let w: Workspace;
let key: TestKey;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  w = await newWorkspace(db);
  key = await newKey(db, w);
});

const at = (offset: number) => Date.parse(NOON) + offset;
const moveTo = (offset: number) => setClock(db, new Date(at(offset)).toISOString());
const kept = () =>
  db.owner`select * from launch.events where workspace_id = ${w.id} order by occurred_at, event_id`;

async function count(workspace = w): Promise<number> {
  const [row] =
    await db.owner`select count(*)::int as n from launch.events where workspace_id = ${workspace.id}`;
  return row?.n;
}

async function touched(): Promise<string[]> {
  const rows = await db.owner<{ hour_at: Date }[]>`
    select hour_at from private.touched_hours where workspace_id = ${w.id} order by hour_at`;
  return rows.map(({ hour_at }) => hour_at.toISOString());
}

describe("an event", () => {
  test("SIG-01 is kept with all that it said, when it happened and when it arrived", async () => {
    const row: EventRow = {
      type: "purchase.completed",
      source: '/shop/a"b\\c,{d}',
      id: "null",
      time: at(-90_000),
      country: "NA",
      subject: "account, 42",
      device: 'de"vice',
      ip: "2001:db8::7",
      amountMinor: 9_007_199_254_740_991,
      currency: "NAD",
      value: 0.25,
      data: '{"basket":["a\\\\u0000b","\\"}"],"n":null}',
    };
    expect(await report(db, key, [row, event({ type: "app.installed" })])).toBe("aa");
    const [first, second] = await kept();
    expect(first).toEqual({
      workspace_id: w.id,
      occurred_at: new Date(at(-90_000)),
      received_at: new Date(NOON),
      type: row.type,
      source: row.source,
      event_id: "null",
      country: "NA",
      subject: row.subject,
      device: row.device,
      ip: "2001:db8::7",
      amount_minor: "9007199254740991",
      currency: "NAD",
      value: 0.25,
      data: { basket: ["a\\u0000b", '"}'], n: null },
    });
    expect(second).toMatchObject({ occurred_at: new Date(NOON), subject: null, data: null, ip: null });
  });

  test("SIG-02 counts once by source and id, in one batch and in the next, with its time, another time or none", async () => {
    const one = event({ id: "1", time: at(-1000) });
    expect(await report(db, key, [one, one, { ...one, source: "/other" }, { ...one, id: "2" }])).toBe("adaa");
    await moveTo(HOUR);
    const again = [one, { ...one, time: null }, { ...one, time: at(-DAY) }, { ...one, type: "chat.started" }];
    expect(await report(db, key, again)).toBe("dddd");
    const timeless = event({ id: "timeless" });
    expect(await report(db, key, [timeless])).toBe("a");
    await moveTo(25 * HOUR);
    expect(await report(db, key, [timeless, { ...timeless, time: at(HOUR) }])).toBe("dd");
    expect(await count()).toBe(4);
  });

  test("SIG-03 is a duplicate for 48 hours without a time, and with the same time for as long as it is kept", async () => {
    const timeless = event();
    const timed = event({ time: at(-HOUR) });
    expect(await report(db, key, [timeless, timed])).toBe("aa");
    await moveTo(2 * DAY - 1);
    expect(await report(db, key, [timeless, timed])).toBe("dd");
    await moveTo(2 * DAY);
    expect(await report(db, key, [timed, timeless, timed])).toBe("dad");
    await moveTo(20 * DAY);
    expect(await report(db, key, [timed])).toBe("d");
  });

  test("SIG-04 that comes on both sides of the edge of two partitions counts once", async () => {
    const [edge] = await db.owner<{ at: Date }[]>`
      select date_bin('2 days', ${NOON}::timestamptz, timestamptz '2020-01-01Z') + interval '2 days' as at`;
    const offset = (edge?.at.getTime() ?? 0) - at(0);
    const early = event();
    const just = event();
    await moveTo(offset - HOUR);
    expect(await report(db, key, [early])).toBe("a");
    await moveTo(offset - 1);
    expect(await report(db, key, [early, just, just])).toBe("dad");
    await moveTo(offset);
    expect(await report(db, key, [just, early, event()])).toBe("dda");
    await moveTo(offset + HOUR);
    expect(await report(db, key, [early, just])).toBe("dd");
    expect(await count()).toBe(3);
  });

  test("SIG-05 belongs to its workspace, whose key is verified in the same statement", async () => {
    const other = await newWorkspace(db);
    const otherKey = await newKey(db, other);
    const blind = await newKey(db, w, ["caps.check"]);
    const same = event({ id: "same" });
    const hash = (of: TestKey) => ({ keyHash: of.hash, rows: [same, same] });
    const nobody = { keyHash: Buffer.alloc(32), rows: [same] };
    expect(
      await askEvents(db.service, [
        hash(blind),
        hash(key),
        nobody,
        hash(otherKey),
        { keyHash: key.hash, rows: [] },
        hash(key),
      ]),
    ).toEqual(["nn", "ad", "k", "ad", "", "dd"]);
    expect([await count(), await count(other)]).toEqual([1, 1]);
    await db.owner`update app.api_keys set revoked_at = launch.now() where id = ${key.id}`;
    expect(await report(db, key, [event()])).toBe("k");
  });
});

describe("its time", () => {
  test("SIG-06 is at most five minutes ahead and thirty days back; the others of the batch are kept", async () => {
    for (const days of [31, 17]) await moveTo(-days * DAY);
    await moveTo(0);
    const times = [at(300_000), at(300_001), at(-30 * DAY), at(-30 * DAY - 1), 8.64e15, -6e13, at(0)];
    const rows = times.map((time) => event({ time }));
    expect(await report(db, key, rows)).toBe("afaofoa");
  });

  test("SIG-07 of a day that a new installation keeps no events of is refused and nothing else", async () => {
    const fresh = await testDatabase({ clock: false });
    try {
      const workspace = await newWorkspace(fresh);
      const freshKey = await newKey(fresh, workspace);
      const ago = (days: number) => event({ time: Date.now() - days * DAY });
      expect(await report(fresh, freshKey, [ago(20), ago(1), ago(0), ago(3)])).toBe("oaao");
    } finally {
      await fresh.close();
    }
  });

  test("SIG-08 decides its hour, however late it comes: each hour of the batch is marked for the rollups once", async () => {
    const rows = [0, -1, -HOUR, -3 * HOUR, -3 * HOUR - 1, -26 * HOUR].map((offset) =>
      event({ time: at(offset) }),
    );
    expect(await report(db, key, rows)).toBe("aaaaaa");
    expect(await touched()).toEqual([
      "2026-06-09T10:00:00.000Z",
      "2026-06-10T08:00:00.000Z",
      "2026-06-10T09:00:00.000Z",
      "2026-06-10T11:00:00.000Z",
      "2026-06-10T12:00:00.000Z",
    ]);
    await db.owner`delete from private.touched_hours where workspace_id = ${w.id}`;
    expect(await report(db, key, [...rows, event({ type: "never.heard" })])).toBe("ddddddu");
    expect(await touched()).toEqual([]);
  });
});

describe("what is not ours", () => {
  const unknown = () => db.owner`
    select type, events::int, day_at, last_source from launch.unknown_events where workspace_id = ${w.id} order by type, day_at`;

  test("SIG-09 is counted per type and UTC day and not kept", async () => {
    const strange = event({ type: "coffee.brewed" });
    expect(
      await report(db, key, [strange, event(), strange, event({ type: "tea.made", source: "/kitchen" })]),
    ).toBe("uauu");
    await moveTo(DAY);
    expect(await report(db, key, [strange])).toBe("u");
    expect(await unknown()).toEqual([
      { type: "coffee.brewed", events: 2, day_at: new Date("2026-06-10"), last_source: "/tests" },
      { type: "coffee.brewed", events: 1, day_at: new Date("2026-06-11"), last_source: "/tests" },
      { type: "tea.made", events: 1, day_at: new Date("2026-06-10"), last_source: "/kitchen" },
    ]);
    expect(await count()).toBe(1);
  });

  test("SIG-10 fills a thousand rows a day at most: what is new beyond them is counted together", async () => {
    const many = (from: number) =>
      Array.from({ length: 1000 }, (_, index) => event({ type: `odd.n${from + index}` }));
    await report(db, key, many(0));
    await report(db, key, [...many(500), ...many(0)]);
    const rows = await unknown();
    expect(rows).toHaveLength(1001);
    expect(rows.find(({ type }) => type === "*")).toMatchObject({ events: 500 });
    expect(rows.find(({ type }) => type === "odd.n999")).toMatchObject({ events: 3 });
  });
});

describe("a block event", () => {
  const block = (type: string, data: object) => event({ type, data: JSON.stringify(data) });
  const blocks = () => db.owner`
    select kind, value, until, lifted_at is not null as lifted from launch.blocks where workspace_id = ${w.id} order by value`;

  test("SIG-11 takes effect in the transaction that keeps it, once, and is audited in its key's name", async () => {
    const until = "2026-06-12T00:00:00.000Z";
    const added = block("blocklist.added", {
      kind: "device",
      value: "device-9",
      until,
      reason: "Seen in a ring",
    });
    expect(await report(db, key, [added, event(), added])).toBe("aad");
    expect(await blocks()).toEqual([
      { kind: "device", value: "device-9", until: new Date(until), lifted: false },
    ]);
    const [entry] = await db.owner`
      select actor_kind, actor_id, reason from app.audit_entries where workspace_id = ${w.id} and action = 'block.added'`;
    expect(entry).toMatchObject({ actor_id: key.id, reason: "Seen in a ring" });
    expect(await report(db, key, [block("blocklist.removed", { kind: "device", value: "device-9" })])).toBe(
      "a",
    );
    expect(await blocks()).toMatchObject([{ lifted: true }]);
  });

  test("SIG-12 of something that can't be blocked is refused, and one that comes too late changes nothing", async () => {
    const ranges = ["0.0.0.0/0", "10.0.0.0/7", "::/0", "no address"].map((value) =>
      block("blocklist.added", { kind: "ip_range", value }),
    );
    expect(await report(db, key, [...ranges, event()])).toBe("bbbba");
    const late = block("blocklist.added", { kind: "account", value: "a", until: "2026-06-10T11:00:00Z" });
    expect(await report(db, key, [late, block("blocklist.removed", { kind: "account", value: "b" })])).toBe(
      "aa",
    );
    expect(await blocks()).toEqual([]);
  });
});

describe("reading", () => {
  test("SIG-13 is for who may read threats; unknown types too", async () => {
    await report(db, key, [event(), event({ type: "coffee.brewed" })]);
    const safety = await join(db, w, "safety");
    const viewer = await join(db, w, "viewer");
    const read = (person: typeof safety) =>
      asPerson(db, person, async (sql) => [
        await sql`select type from launch.events where workspace_id = ${w.id}`,
        await sql`select type from launch.unknown_events where workspace_id = ${w.id}`,
      ]);
    expect(await read(safety)).toEqual([[{ type: "app.installed" }], [{ type: "coffee.brewed" }]]);
    expect(await read(viewer)).toEqual([[], []]);
  });
});
