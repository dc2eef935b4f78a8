import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  check,
  checkMany,
  join,
  newKey,
  newWorkspace,
  openCountry,
  settle,
  type TestKey,
  type Workspace,
} from "#tests/setup/people.ts";

const NOON = "2026-06-01T10:00:00.000Z";
const later = (seconds: number) => new Date(Date.parse(NOON) + seconds * 1000).toISOString();

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

const act = (statement: string, person = w.owner) =>
  asPerson(db, person, (sql) => sql.unsafe(`select ${statement}`));
interface Queueing {
  claim?: number;
  pace?: number;
  carries?: boolean;
  enabled?: boolean;
}
const queue = ({ claim = 120, pace = 300, carries = true, enabled = true }: Queueing = {}) =>
  act(`launch.change_queue('${w.id}', 'user', ${enabled}, ${claim}, ${pace}, ${carries}, null)`);
const throttle = (level: number | null) =>
  act(
    `launch.override_throttle('${w.id}', ${level}, ${level === null ? null : `'${later(86_400)}'`}, 'drill')`,
  );
const admit = async () => (await db.owner<{ n: number }[]>`select launch.admit_tickets() as n`)[0]?.n;
const expire = () => db.owner`select launch.expire_reservations()`;
const ask = (subject: string, idempotencyKey = subject) =>
  check(db, key, { subject, queue: true }, idempotencyKey);

type Ticket = {
  id: string;
  state: string;
  place: number | null;
  estimated_at: Date | null;
  receipt_id: string | null;
};
async function ticket(subject: string): Promise<Ticket | undefined> {
  const [row] = await db.service<Ticket[]>`
    select r.* from launch.read_ticket(${w.id}, ${await idOf(subject)}) r`;
  return row;
}
async function idOf(subject: string): Promise<string> {
  const [row] = await db.owner<
    { id: string }[]
  >`select id from launch.tickets where workspace_id = ${w.id} and subject = ${subject}`;
  if (row === undefined) throw new Error(`${subject} has no ticket`);
  return row.id;
}
const claim = async (subject: string, k = key) =>
  (
    await db.service<{ state: string; receipt_id: string | null }[]>`
    select * from launch.claim_ticket(${k.hash}, ${await idOf(subject)}, 600)`
  )[0];

async function counter() {
  const [row] = await db.owner<{ used: number; held: number; ledger: number }[]>`
    select used, held, (select coalesce(sum(r.units), 0)::int from launch.receipts r
      left join launch.reservations v on v.receipt_id = r.id and v.decided_at = r.decided_at
      where r.workspace_id = ${w.id} and r.allowed and r.day_on = c.day_on and coalesce(v.state not in ('released', 'expired'), true)) as ledger
    from launch.counters c where workspace_id = ${w.id} and country = 'PL' and operation = 'user'`;
  return row;
}
const states = async () =>
  Object.fromEntries(
    (
      await db.owner<{ subject: string; state: string }[]>`
        select subject, state from launch.tickets where workspace_id = ${w.id} order by number`
    ).map(({ subject, state }) => [subject, state]),
  );

describe("taking a ticket", () => {
  test("QUE-01 a throttled or full door gives a ticket to who asks for one, the same for the same key, and refuses who doesn't", async () => {
    await openCountry(db, w, "PL", { user: 1 });
    await queue();
    await throttle(2);
    expect(await check(db, key)).toMatchObject({ allowed: false, reason: "throttled" });
    const first = await ask("ann");
    expect(first).toMatchObject({ allowed: false, reason: "queued" });
    expect(await ask("ann")).toMatchObject({ id: first.id, reason: "queued", replayed: true });
    expect(await ticket("ann")).toMatchObject({ id: first.id, state: "waiting", place: 1 });
    await throttle(null);
    await admit();
    expect(await ask("bob")).toMatchObject({ reason: "queued" });
    expect(await ticket("bob")).toMatchObject({ place: 1 });
  });

  test("QUE-02 a queue that is off, an operation that doesn't queue, a pause and a country not launched give no ticket", async () => {
    await openCountry(db, w, "PL", { user: 0, creator: 0, payment: 0 });
    expect(await ask("ann")).toMatchObject({ reason: "cap_reached" });
    await queue();
    for (const operation of ["creator", "payment"] as const) {
      expect(await check(db, key, { operation, queue: true })).toMatchObject({ reason: "cap_reached" });
    }
    expect(await check(db, key, { country: "CZ", queue: true })).toMatchObject({ reason: "not_launched" });
    await act(`launch.pause_country('${w.id}', 'PL', 'drill')`);
    expect(await ask("bob")).toMatchObject({ reason: "paused" });
    expect(await states()).toEqual({});
  });

  test("QUE-03 while somebody waits nobody overtakes, with a ticket or without", async () => {
    await openCountry(db, w, "PL", { user: 10 });
    await queue();
    await throttle(2);
    await ask("ann");
    await throttle(null);
    const answers = await checkMany(db, key, [{}, { subject: "bob", queue: true }]);
    expect(answers.map(({ reason }) => reason)).toEqual(["queued", "queued"]);
    expect(await states()).toEqual({ ann: "waiting", bob: "waiting" });
    expect(await admit()).toBe(2);
    expect(await check(db, key)).toMatchObject({ allowed: true });
  });
});

describe("being let in", () => {
  async function waiting(count: number, cap: number, how: Queueing = {}) {
    await openCountry(db, w, "PL", { user: cap });
    await queue(how);
    await throttle(2);
    for (let i = 0; i < count; i += 1) await ask(`p${i}`);
    await throttle(null);
  }

  test("QUE-04 tickets become ready in order, never more than the cap has room for, and the counter equals the ledger", async () => {
    await waiting(5, 3);
    expect(await admit()).toBe(3);
    expect(await states()).toEqual({ p0: "ready", p1: "ready", p2: "ready", p3: "waiting", p4: "waiting" });
    expect(await counter()).toEqual({ used: 3, held: 3, ledger: 3 });
    expect(await admit()).toBe(0);
  });

  test("QUE-05 a ready ticket is claimed once for its holder, and its units are committed or released like any reservation", async () => {
    await waiting(2, 2);
    await admit();
    const claimed = await claim("p0");
    expect(claimed).toMatchObject({ state: "claimed" });
    expect(await claim("p0")).toMatchObject({ state: "claimed", receipt_id: claimed?.receipt_id });
    expect(await settle(db, key, claimed?.receipt_id ?? "", "commit")).toMatchObject({ state: "committed" });
    const second = await claim("p1");
    await settle(db, key, second?.receipt_id ?? "", "release");
    expect(await counter()).toEqual({ used: 1, held: 0, ledger: 1 });
    const stranger = await newKey(db, await newWorkspace(db));
    await expect(claim("p0", stranger)).rejects.toMatchObject({ code: "GTNIL" });
  });

  test("QUE-06 half of the tickets abandoned costs one claim window: their units return and the next are let in", async () => {
    await waiting(4, 2, { claim: 60 });
    await admit();
    await claim("p0");
    await setClock(db, later(59));
    expect(await claim("p1")).toMatchObject({ state: "claimed" });
    await db.owner`update launch.tickets set state = 'ready', claimed_at = null, ended_at = null where subject = 'p1'`;
    await db.owner`update launch.reservations v set expires_at = ${later(60)} from launch.tickets t where t.receipt_id = v.receipt_id and t.subject = 'p1'`;
    await setClock(db, later(60));
    expect(await ticket("p1")).toMatchObject({ state: "passed" });
    expect(await claim("p1")).toMatchObject({ state: "passed", receipt_id: null });
    await expire();
    expect(await admit()).toBe(1);
    expect(await states()).toEqual({ p0: "claimed", p1: "passed", p2: "ready", p3: "waiting" });
    expect(await counter()).toEqual({ used: 2, held: 2, ledger: 2 });
  });

  test("QUE-07 the pace bounds a minute, and a throttled or paused door lets nobody in", async () => {
    await waiting(5, 100, { pace: 2 });
    expect(await admit()).toBe(2);
    await setClock(db, later(59));
    expect(await admit()).toBe(0);
    await setClock(db, later(61));
    await throttle(2);
    expect(await admit()).toBe(0);
    await throttle(null);
    expect(await admit()).toBe(2);
    await setClock(db, later(200));
    await act(`launch.pause_country('${w.id}', 'PL', 'drill')`);
    expect(await admit()).toBe(0);
  });

  test("QUE-08 tickets carry over to tomorrow's cap, or end with the day where they don't", async () => {
    const tomorrow = "2026-06-01T22:00:00.000Z";
    await waiting(3, 2);
    await admit();
    await setClock(db, tomorrow);
    expect(await admit()).toBe(1);
    expect(await counter()).toEqual({ used: 1, held: 1, ledger: 1 });
    expect(await states()).toEqual({ p0: "passed", p1: "passed", p2: "ready" });
    await queue({ carries: false });
    await throttle(2);
    await ask("late");
    await setClock(db, "2026-06-02T22:00:00.000Z");
    await admit();
    expect((await states()).late).toBe("ended");
  });

  test("QUE-09 who leaves gives the place to the next, and a ready one its units, once", async () => {
    await waiting(3, 1);
    await admit();
    const leave = async (subject: string) =>
      (
        await db.service<
          { state: string }[]
        >`select launch.leave_queue(${w.id}, ${await idOf(subject)}) as state`
      )[0]?.state;
    expect(await Promise.all([leave("p0"), leave("p0"), leave("p0")])).toEqual(["left", "left", "left"]);
    expect(await counter()).toEqual({ used: 0, held: 0, ledger: 0 });
    expect(await leave("p1")).toBe("left");
    expect(await ticket("p2")).toMatchObject({ place: 1 });
    expect(await admit()).toBe(1);
  });

  test("QUE-10 checks, claims, leaving and the job at once never pass the cap, and every held unit has its ticket or receipt", async () => {
    await waiting(40, 20, { pace: 1000 });
    await Promise.all([
      ...Array.from({ length: 6 }, () => admit()),
      ...Array.from({ length: 40 }, (_, i) => claim(`p${i}`)),
      ...Array.from({ length: 20 }, (_, i) => ask(`late${i}`)),
    ]);
    const now = await counter();
    expect(now?.used).toBe(20);
    expect(now?.ledger).toBe(20);
  });
});

describe("steering it", () => {
  test("QUE-11 owners and admins change and clear a queue, with a reason, audited; of two who change one version the second is told", async () => {
    await openCountry(db, w, "PL", { user: 0 });
    await queue();
    const change = (person: typeof w.owner) =>
      act(`launch.change_queue('${w.id}', 'user', false, 120, 300, true, null, 'quiet', 1)`, person);
    await expect(change(await join(db, w, "safety"))).rejects.toMatchObject({ code: "GTROL" });
    await ask("ann");
    await expect(act(`launch.clear_queue('${w.id}', 'PL', 'user', ' ')`)).rejects.toMatchObject({
      code: "GTRSN",
    });
    await act(`launch.clear_queue('${w.id}', 'PL', 'user', 'the event is over')`);
    expect(await states()).toEqual({ ann: "ended" });
    await change(w.owner);
    await expect(change(w.owner)).rejects.toMatchObject({ code: "GTVER" });
    await expect(
      act(`launch.change_queue('${w.id}', 'payment', true, 120, 300, true, null)`),
    ).rejects.toMatchObject({ code: "GTINV" });
    for (const bad of ["29, 300", "3601, 300", "120, 0"]) {
      await expect(
        act(`launch.change_queue('${w.id}', 'user', true, ${bad}, true, null)`),
      ).rejects.toMatchObject({ code: "23514" });
    }
    const audited = await db.owner<{ action: string }[]>`
      select action from app.audit_entries where workspace_id = ${w.id} and resource_type = 'queue' order by sequence`;
    expect(audited.map(({ action }) => action)).toEqual(["queue.changed", "queue.cleared", "queue.changed"]);
  });
});
