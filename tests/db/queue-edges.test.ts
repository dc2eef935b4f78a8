import type { TransactionSql } from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { moveClock } from "#tests/setup/demand.ts";
import {
  asPerson,
  check,
  newKey,
  newWorkspace,
  openCountry,
  type TestKey,
  type Workspace,
} from "#tests/setup/people.ts";

const NOON = "2026-06-01T10:00:00.000Z";
const later = (seconds: number) => new Date(Date.parse(NOON) + seconds * 1000).toISOString();
const MIDNIGHT = "2026-06-01T22:00:00.000Z";
const DAY = 86_400;

let db: TestDatabase;
let w: Workspace;
let key: TestKey;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.owner`delete from launch.tickets`;
  await setClock(db, NOON);
  w = await newWorkspace(db);
  key = await newKey(db, w);
});

const act = (statement: string, { id, owner } = w) =>
  asPerson(db, owner, (sql) => sql.unsafe(`select ${statement.replaceAll("$W", `'${id}'`)}`));
const queue = (operation: "user" | "creator" = "user", carries = true, workspace = w) =>
  act(`launch.change_queue($W, '${operation}', true, 120, 300, ${carries}, null, 'drill')`, workspace);
const throttle = (level: number | null, workspace = w) =>
  act(
    `launch.override_throttle($W, ${level}, ${level === null ? null : "'2026-06-05T10:00:00Z'"}, 'drill')`,
    workspace,
  );
const admit = async () => (await db.owner<{ n: number }[]>`select launch.admit_tickets() as n`)[0]?.n;

interface Asked {
  operation?: "user" | "creator";
  units?: number;
  country?: string;
}
/** Takes a ticket for each of these people, in order. */
async function wait(people: string[], asked: Asked = {}, k = key): Promise<void> {
  for (const subject of people) {
    expect(await check(db, k, { ...asked, subject, queue: true }, `${subject} asks`)).toMatchObject({
      reason: "queued",
    });
  }
}
/** Opens PL and has people wait behind a throttle that is over again. */
async function waiting(people: string[], cap = 100): Promise<void> {
  await openCountry(db, w, "PL", { user: cap, creator: cap });
  await queue();
  await throttle(2);
  await wait(people);
  await throttle(null);
}
const states = async () =>
  Object.fromEntries(
    (
      await db.owner<{ subject: string; state: string }[]>`
        select subject, state from launch.tickets order by number`
    ).map(({ subject, state }) => [subject, state]),
  );
const idOf = async (subject: string) =>
  (await db.owner<{ id: string }[]>`select id from launch.tickets where subject = ${subject}`)[0]?.id ?? "";
const claim = async (subject: string) =>
  (
    await db.service<{ state: string }[]>`
      select state from launch.claim_ticket(${key.hash}, ${await idOf(subject)}, 600)`
  )[0]?.state;

interface Standing {
  state: string;
  place: number | null;
  estimated_at: Date | null;
}
/** How a ticket stands. A check's answer has to say its state, place and time like its page. */
async function standing(subject: string): Promise<Standing | undefined> {
  const id = await idOf(subject);
  const [one] = await db.service<Standing[]>`
    select state, place, estimated_at from launch.read_ticket(${w.id}, ${id})`;
  const [found] = await db.service<Standing[]>`
    select state, place, estimated_at from launch.find_tickets(array[${id}]::uuid[])`;
  expect(found).toEqual(one);
  return one;
}

describe("who is let in", () => {
  test("QUE-50 units of tickets let in stand in the chart, also when more are let in within the same five minutes", async () => {
    await waiting(["a", "b", "c"], 2);
    await admit();
    await act("launch.change_caps($W, 'PL', 3, null, null, null, null, 'drill')");
    await setClock(db, later(60));
    expect(await admit()).toBe(1);
    const [slots] = await db.owner`
      select sum(s.granted - s.returned)::int as units, count(*)::int as slots from launch.usage_slots s where workspace_id = ${w.id}`;
    expect(slots).toEqual({ units: 3, slots: 1 });
  });

  test("QUE-51 where tickets don't carry over, those of today are still let in today", async () => {
    await waiting(["a"]);
    await queue("user", false);
    await setClock(db, "2026-06-01T21:59:59.000Z");
    expect(await admit()).toBe(1);
    expect(await states()).toEqual({ a: "ready" });
  });

  test("QUE-52 creators wait in a queue of their own and are let in by their own cap", async () => {
    await openCountry(db, w, "PL", { user: 0, creator: 2 });
    await queue("creator");
    await queue();
    await throttle(2);
    await wait(["maker", "painter", "singer"], { operation: "creator" });
    await wait(["ann"]);
    await throttle(null);
    expect(await admit()).toBe(2);
    expect(await states()).toEqual({ maker: "ready", painter: "ready", singer: "waiting", ann: "waiting" });
    expect(await standing("singer")).toMatchObject({ place: 1 });
    expect(await standing("ann")).toMatchObject({ place: 1, estimated_at: null });
  });

  test("QUE-53 a ticket of several units waits for all of its room, and nobody behind it passes", async () => {
    await openCountry(db, w, "PL", { user: 3 });
    await queue();
    await throttle(2);
    await wait(["pair", "family"], { units: 2 });
    await wait(["single"]);
    await throttle(null);
    expect(await admit()).toBe(1);
    expect(await states()).toEqual({ pair: "ready", family: "waiting", single: "waiting" });
    await act("launch.change_caps($W, 'PL', 10, null, null, null, null, 'drill')");
    expect(await admit()).toBe(2);
    const left = await db.owner`
      select r.units, r.remaining from launch.receipts r join launch.tickets t on r.id = t.receipt_id and r.decided_at = t.ready_at
      where t.workspace_id = ${w.id} order by t.number`;
    expect(left).toEqual([
      { units: 2, remaining: 1 },
      { units: 2, remaining: 6 },
      { units: 1, remaining: 5 },
    ]);
  });

  test("QUE-54 a ticket that has ended is kept for thirty days", async () => {
    await waiting(["a"]);
    await db.service`select launch.leave_queue(${w.id}, ${await idOf("a")})`;
    await moveClock(db, Date.parse(later(30 * DAY)));
    await admit();
    expect(await states()).toEqual({ a: "left" });
    await moveClock(db, Date.parse(later(30 * DAY + 1)));
    await admit();
    expect(await states()).toEqual({});
  });
});

test("QUE-60 letting somebody in is announced to the workspace's open pages, and a round that lets nobody in is not", async () => {
  await waiting(["a"]);
  const heard: string[] = [];
  const ear = await db.owner.listen("gantry", (payload) => heard.push(payload));
  await admit();
  await admit();
  await db.owner`select pg_notify('gantry', 'the end')`;
  await expect.poll(() => heard.at(-1)).toBe("the end");
  await ear.unlisten();
  expect(heard.slice(0, -1).map((payload) => JSON.parse(payload))).toEqual([
    { workspace_id: w.id, topic: "queue", subject: "PL" },
  ]);
});

describe("two things at once", () => {
  const counter = async () =>
    (
      await db.owner`select used, held from launch.counters where workspace_id = ${w.id} and country = 'PL' and operation = 'user'`
    )[0];

  /** Lets somebody leave, who has to wait until `meanwhile` is committed. Returns the state they have then. */
  async function leaveWhile(subject: string, meanwhile: (sql: TransactionSql) => Promise<unknown>) {
    const id = await idOf(subject);
    let left: Promise<{ state: string }[]> = Promise.resolve([]);
    await db.owner.begin(async (sql) => {
      await meanwhile(sql);
      left = db.service<{ state: string }[]>`select launch.leave_queue(${w.id}, ${id}) as state`.execute();
      await expect
        .poll(
          async () =>
            (
              await db.owner`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
            ).length,
        )
        .toBe(1);
    });
    return (await left)[0]?.state;
  }

  test("QUE-58 who leaves while they are being let in gives the units back, and who leaves while it is claimed keeps them for the product", async () => {
    await waiting(["a", "b"], 2);
    expect(await leaveWhile("a", (sql) => sql`select launch.admit_tickets()`)).toBe("left");
    expect(await counter()).toEqual({ used: 1, held: 1 });
    const id = await idOf("b");
    expect(
      await leaveWhile("b", (sql) => sql`select * from launch.claim_ticket(${key.hash}, ${id}, 600)`),
    ).toBe("claimed");
    expect(await counter()).toEqual({ used: 1, held: 1 });
  });

  test("QUE-59 a claim's lease stands in its receipt as well", async () => {
    await waiting(["a"]);
    await admit();
    await setClock(db, later(30));
    await claim("a");
    expect(
      await db.owner`select hold_expires_at from launch.receipts where workspace_id = ${w.id} and allowed`,
    ).toEqual([{ hold_expires_at: new Date(later(630)) }]);
  });
});

describe("what a queue says of itself", () => {
  test("QUE-55 a place is estimated at the pace of the last ten minutes, of this queue alone, else at its own while there is room", async () => {
    const other = await newWorkspace(db);
    const theirs = await newKey(db, other);
    await openCountry(db, other, "PL", { user: 100 });
    await queue("user", true, other);
    await throttle(2, other);
    await wait(["stranger"], {}, theirs);
    await throttle(null, other);
    await waiting(["a", "b", "c"], 2);
    expect(await standing("b")).toEqual({ state: "waiting", place: 2, estimated_at: new Date(later(1)) });
    expect(await standing("c")).toEqual({ state: "waiting", place: 3, estimated_at: null });
    expect(await admit()).toBe(3);
    expect(await standing("c")).toEqual({ state: "waiting", place: 1, estimated_at: new Date(later(300)) });
    expect(await standing("a")).toEqual({ state: "ready", place: null, estimated_at: null });
    await setClock(db, later(120));
    expect(await standing("a")).toEqual({ state: "passed", place: null, estimated_at: null });
  });

  test("QUE-56 operators see who waits, is let in, came through and let it pass today, in this workspace alone", async () => {
    await waiting(["a", "b", "c", "d"], 3);
    await admit();
    expect(await claim("a")).toBe("claimed");
    const seen = (person = w.owner) =>
      asPerson(
        db,
        person,
        (
          sql,
        ) => sql`select operation, waiting, ready, claimed_today, passed_today, oldest_at, pace::float, estimated_at
          from launch.read_queues(${w.id})`,
      );
    expect(await seen()).toEqual([
      {
        operation: "user",
        waiting: 1,
        ready: 2,
        claimed_today: 1,
        passed_today: 0,
        oldest_at: new Date(NOON),
        pace: 0.3,
        estimated_at: new Date(later(400)),
      },
    ]);
    await setClock(db, later(120));
    expect(await seen()).toMatchObject([{ ready: 0, passed_today: 0 }]);
    await admit();
    expect(await seen()).toMatchObject([{ ready: 0, claimed_today: 1, passed_today: 2 }]);
    await setClock(db, MIDNIGHT);
    expect(await seen()).toMatchObject([{ waiting: 1, claimed_today: 0, passed_today: 0 }]);
    await expect(seen((await newWorkspace(db)).owner)).rejects.toMatchObject({ code: "GTNIL" });
  });

  test("QUE-57 clearing ends those who wait in one country's queue for one operation, and nobody else", async () => {
    const other = await newWorkspace(db);
    const theirs = await newKey(db, other);
    for (const [workspace, k] of [
      [other, theirs],
      [w, key],
    ] as const) {
      await openCountry(db, workspace, "PL", { user: 1, creator: 1 });
      await queue("user", true, workspace);
      await throttle(2, workspace);
      await wait([workspace === w ? "mine" : "theirs"], {}, k);
    }
    await openCountry(db, w, "CZ", { user: 1 });
    await queue("creator");
    await wait(["maker"], { operation: "creator" });
    await wait(["czech"], { country: "CZ" });
    await act("launch.clear_queue($W, 'PL', 'user', 'the event is over')");
    expect(await states()).toEqual({ theirs: "waiting", mine: "ended", maker: "waiting", czech: "waiting" });
  });
});
