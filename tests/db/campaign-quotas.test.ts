import { randomInt } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { drawing } from "#tests/setup/dry-runs.ts";
import {
  asPerson,
  check,
  checkMany,
  newKey,
  newWorkspace,
  openCountry,
  type PartialCheck,
  settle,
  type TestKey,
  type Workspace,
} from "#tests/setup/people.ts";

const NOON = "2026-06-01T10:00:00.000Z";
const NEXT_NOON = "2026-06-02T10:00:00.000Z";

let db: TestDatabase;
let w: Workspace;
let key: TestKey;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.owner`update launch.reservations set state = 'released', settled_at = now() where state = 'held'`;
  await setClock(db, NOON);
  w = await newWorkspace(db);
  key = await newKey(db, w);
  await openCountry(db, w, "PL", { user: 10, payment: 10 });
});

type Plan = { slug?: string; quota?: number | null; country?: string; workspace?: Workspace };

async function plan({ slug = "anna", quota = 4, country = "PL", workspace = w }: Plan = {}): Promise<string> {
  const [row] = await asPerson(
    db,
    workspace.owner,
    (sql) => sql`select id from launch.create_campaign(${workspace.id}, ${slug}, ${slug}, ${country},
      launch.now() - interval '1 hour', launch.now() + interval '3 days', p_sub_quota => ${quota})`,
  );
  return String(row?.id);
}
const move = (id: string, status: string, workspace = w) =>
  asPerson(
    db,
    workspace.owner,
    (sql) => sql`select launch.move_campaign(${workspace.id}, ${id}, ${status}, 'for the test')`,
  );
async function live(how: Plan = {}): Promise<string> {
  const id = await plan(how);
  await move(id, "live", how.workspace);
  return id;
}
async function counter() {
  const [row] =
    await db.owner`select used, kept, held from launch.counters where workspace_id = ${w.id} and country = 'PL' and operation = 'user'`;
  return row;
}
/** Asks for one unit at a time; how many were granted. */
async function granted(times: number, more: PartialCheck = {}): Promise<number> {
  let count = 0;
  for (let i = 0; i < times; i += 1) if ((await check(db, key, more)).allowed === true) count += 1;
  return count;
}

describe("a sub-quota", () => {
  test("QUO-01 is kept from everybody else while the campaign is live, and the cap holds for both together", async () => {
    await live();
    expect(await granted(12)).toBe(6);
    expect(await check(db, key)).toMatchObject({ allowed: false, reason: "cap_reached", remaining: 0 });
    expect(await check(db, key, { campaign: "anna" })).toMatchObject({ allowed: true, remaining: 3 });
    expect(await granted(12, { campaign: "anna" })).toBe(3);
    expect(await counter()).toEqual({ used: 10, kept: 0, held: 0 });
  });

  test("QUO-02 is drawn on first, and what is open to all for the rest of a check", async () => {
    await live();
    expect(await check(db, key, { campaign: "anna", units: 3 })).toMatchObject({
      allowed: true,
      remaining: 7,
    });
    expect(await counter()).toEqual({ used: 3, kept: 1, held: 0 });
    expect(await check(db, key, { campaign: "anna", units: 5 })).toMatchObject({
      allowed: true,
      remaining: 2,
    });
    expect(await counter()).toEqual({ used: 8, kept: 0, held: 0 });
    expect(await check(db, key, { campaign: "anna", units: 3 })).toMatchObject({
      allowed: false,
      remaining: 2,
    });
  });

  test("QUO-03 is open to all when the campaign ends or is cancelled", async () => {
    const first = await live();
    const second = await live({ slug: "ben", quota: 2 });
    await check(db, key, { campaign: "anna" });
    expect(await counter()).toEqual({ used: 1, kept: 5, held: 0 });
    await move(first, "ended");
    expect(await counter()).toEqual({ used: 1, kept: 2, held: 0 });
    await move(second, "cancelled");
    expect(await granted(12)).toBe(9);
  });

  test("QUO-04 is there again in full on the next local day", async () => {
    await live();
    await granted(2, { campaign: "anna" });
    expect(await granted(12)).toBe(6);
    await setClock(db, NEXT_NOON);
    const capacity = await asPerson(
      db,
      w.owner,
      (sql) =>
        sql`select used, kept from launch.capacity where workspace_id = ${w.id} and operation = 'user'`,
    );
    expect(capacity[0]).toEqual({ used: 0, kept: 4 });
    expect(await granted(12)).toBe(6);
    expect(await granted(12, { campaign: "anna" })).toBe(4);
  });

  test("QUO-05 gets back what a reservation of it returns, released or at its lease's end, on the same day only", async () => {
    const id = await live();
    const hold = () => check(db, key, { campaign: "anna", units: 5, hold_seconds: 60 });
    const released = await hold();
    expect(await counter()).toEqual({ used: 5, kept: 0, held: 5 });
    await settle(db, key, String(released.id), "release");
    await settle(db, key, String(released.id), "release");
    expect(await counter()).toEqual({ used: 0, kept: 4, held: 0 });
    await hold();
    await setClock(db, "2026-06-01T10:02:00.000Z");
    await db.service`select launch.expire_reservations()`;
    expect(await counter()).toEqual({ used: 0, kept: 4, held: 0 });
    const committed = await hold();
    await settle(db, key, String(committed.id), "commit");
    expect(await counter()).toEqual({ used: 5, kept: 0, held: 0 });
    await setClock(db, "2026-06-01T21:59:59.000Z");
    const late = await check(db, key, { campaign: "anna", units: 1, hold_seconds: 3600 });
    await setClock(db, "2026-06-01T22:00:01.000Z");
    await check(db, key, { campaign: "anna" });
    await settle(db, key, String(late.id), "release");
    expect(await counter()).toEqual({ used: 1, kept: 3, held: 0 });
    const last = await hold();
    await move(id, "ended");
    await settle(db, key, String(last.id), "release");
    expect(await counter()).toEqual({ used: 1, kept: 0, held: 0 });
  });

  test("QUO-06 never lets in more than the cap when the cap falls below what is used and kept", async () => {
    await live({ quota: 6 });
    expect(await granted(3)).toBe(3);
    await asPerson(db, w.owner, (sql) => sql`select launch.change_caps(${w.id}, 'PL', 5)`);
    expect(await check(db, key)).toMatchObject({ allowed: false, remaining: 0 });
    expect(await check(db, key, { campaign: "anna" })).toMatchObject({ allowed: true, remaining: 1 });
    expect(await granted(3, { campaign: "anna" })).toBe(1);
    expect(await counter()).toMatchObject({ used: 5 });
  });

  test("QUO-07 is a live campaign's own: drafts, scheduled ones, other countries', operations' and workspaces' change nothing", async () => {
    await move(await plan({ slug: "soon" }), "scheduled");
    await plan({ slug: "draft" });
    await openCountry(db, w, "CZ", { user: 10 });
    await live({ slug: "czech", country: "CZ" });
    const other = await newWorkspace(db);
    await openCountry(db, other, "PL", { user: 10 });
    await live({ slug: "theirs", workspace: other });
    await live({ slug: "mine", quota: 9 });
    expect(await check(db, key)).toMatchObject({ allowed: true, remaining: 0 });
    for (const campaign of ["soon", "draft", "czech", "theirs", "nobody"]) {
      expect(await check(db, key, { campaign })).toMatchObject({ allowed: false, reason: "cap_reached" });
    }
    expect(await check(db, key, { campaign: "mine", operation: "payment" })).toMatchObject({
      allowed: true,
      remaining: 9,
    });
    expect(await counter()).toEqual({ used: 1, kept: 9, held: 0 });
  });

  test("QUO-08 follows a change of the live campaign at once", async () => {
    const id = await live();
    await granted(3, { campaign: "anna" });
    const change = (quota: number) =>
      asPerson(
        db,
        w.owner,
        (sql) => sql`select launch.change_campaign(${w.id}, ${id}, p_sub_quota => ${quota})`,
      );
    await change(7);
    expect(await counter()).toEqual({ used: 3, kept: 4, held: 0 });
    await change(2);
    expect(await counter()).toEqual({ used: 3, kept: 0, held: 0 });
    await change(5);
    expect(await counter()).toEqual({ used: 3, kept: 2, held: 0 });
    await change(-1);
    expect(await counter()).toEqual({ used: 3, kept: 0, held: 0 });
  });

  test("QUO-09 is a part of the request: a key used again with another campaign is refused, with the same one answered again", async () => {
    await live();
    const first = await check(db, key, { campaign: "anna" }, "k");
    expect(await check(db, key, { campaign: "anna" }, "k")).toEqual({ ...first, replayed: true });
    expect(await check(db, key, { campaign: "ben" }, "k")).toMatchObject({ problem: "key_reused" });
    expect(await check(db, key, {}, "k")).toMatchObject({ problem: "key_reused" });
    expect(await counter()).toEqual({ used: 1, kept: 3, held: 0 });
    const [receipt] = await db.owner`select campaign, kept from launch.receipts where id = ${first.id}`;
    expect(receipt).toEqual({ campaign: "anna", kept: null });
  });

  test("QUO-10 starts and ends with the clock, and where the country is listed only later, then", async () => {
    await move(await plan({ quota: 3 }), "scheduled");
    await move(await plan({ slug: "czech", quota: 2, country: "CZ" }), "scheduled");
    await db.owner`select launch.watch_campaigns()`;
    expect(await counter()).toMatchObject({ kept: 3 });
    await openCountry(db, w, "CZ", { user: 10 });
    await db.owner`select launch.watch_campaigns()`;
    const [czech] =
      await db.owner`select kept from launch.counters where workspace_id = ${w.id} and country = 'CZ' and operation = 'user'`;
    expect(czech).toEqual({ kept: 2 });
    await setClock(db, "2026-06-05T10:00:00.000Z");
    await db.owner`select launch.watch_campaigns()`;
    expect(await granted(12)).toBe(10);
  });

  test("QUO-11 is out of reach of the onboarding queue", async () => {
    await live({ quota: 9 });
    await asPerson(
      db,
      w.owner,
      (sql) =>
        sql`select launch.change_queue(${w.id}, 'user', true, 300, 300, true, 'https://example.com/', 'for the test')`,
    );
    await check(db, key);
    expect(await check(db, key, { queue: true })).toMatchObject({ allowed: false, reason: "queued" });
    await db.owner`select launch.admit_tickets()`;
    const [ticket] = await db.owner`select state from launch.tickets where workspace_id = ${w.id}`;
    expect(ticket).toEqual({ state: "waiting" });
    expect(await counter()).toEqual({ used: 1, kept: 9, held: 0 });
  });
});

/** The rule, one check after another: the cap less what is used less what the others keep. */
class Model {
  used = 0;
  readonly #left: Map<string, number>;
  readonly #cap: number;

  constructor(cap: number, quotas: [string, number][]) {
    this.#cap = cap;
    this.#left = new Map(quotas);
  }

  get kept(): number {
    return [...this.#left.values()].reduce((sum, left) => sum + left, 0);
  }

  ask({ units, campaign = "" }: { units: number; campaign?: string | undefined }): boolean {
    const own = this.#left.get(campaign) ?? 0;
    if (units > this.#cap - this.used - this.kept + own) return false;
    this.used += units;
    if (own > 0) this.#left.set(campaign, own - Math.min(own, units));
    return true;
  }
}

test("QUO-12 batches of many callers and campaigns: each answer is what one after another would give", async () => {
  const seed = randomInt(2 ** 31);
  const draw = drawing(seed);
  const other = await newKey(db, w);
  await asPerson(db, w.owner, (sql) => sql`select launch.change_caps(${w.id}, 'PL', 200)`);
  await live({ slug: "anna", quota: 40 });
  await live({ slug: "ben", quota: 25 });
  const model = new Model(200, [
    ["anna", 40],
    ["ben", 25],
  ]);
  for (let round = 0; round < 12; round += 1) {
    const asked = Array.from({ length: 1 + draw(24) }, () => ({
      by: draw(2) === 0 ? key : other,
      units: 1 + draw(3),
      campaign: [undefined, "anna", "ben", "nobody"][draw(4)],
    }));
    const answers = await checkMany(db, key, asked);
    const allowed = asked.map((question) => model.ask(question));
    expect({ seed, round, allowed: answers.map((answer) => answer.allowed) }).toEqual({
      seed,
      round,
      allowed,
    });
  }
  expect({ seed, ...(await counter()) }).toEqual({ seed, used: model.used, kept: model.kept, held: 0 });
});
