import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { OPERATIONS } from "#lib/launch/vocabulary.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  check,
  checkMany,
  newKey,
  newWorkspace,
  openCountry,
  type TestKey,
  type Workspace,
} from "#tests/setup/people.ts";

const NOON = "2026-06-01T10:00:00.000Z";
const MIDNIGHT = new Date("2026-06-01T22:00:00Z");

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

const later = (ms: number) => new Date(Date.parse(NOON) + ms).toISOString();

async function used(operation = "user", country = "PL") {
  const [row] = await db.owner`
    select used, held, amount_used::int as amount from launch.counters
    where workspace_id = ${w.id} and country = ${country} and operation = ${operation}`;
  return row;
}

const act = (statement: string) => asPerson(db, w.owner, (sql) => sql.unsafe(`select ${statement}`));
const throttle = (level: number) =>
  act(`launch.override_throttle('${w.id}', ${level}, '${later(600_000)}', 'drill')`);
const pause = () => act(`launch.pause_country('${w.id}', 'PL', 'drill')`);
const eur = (minor: number) => ({ minor, currency: "EUR" as const });

describe("a cap", () => {
  test("CAP-01 the 1,001st registration of a local day is refused", async () => {
    await openCountry(db, w, "PL", { phase: "soft" });
    const answers = await checkMany(
      db,
      key,
      Array.from({ length: 1000 }, () => ({})),
    );
    expect(answers.filter((answer) => answer.allowed)).toHaveLength(1000);
    expect(answers.map((answer) => answer.remaining)).toEqual(
      Array.from({ length: 1000 }, (_, index) => 999 - index),
    );
    expect(await check(db, key)).toMatchObject({
      allowed: false,
      reason: "cap_reached",
      cap: 1000,
      remaining: 0,
      resets_at: MIDNIGHT,
      retry_at: MIDNIGHT,
    });
    expect(await used()).toMatchObject({ used: 1000 });
  });

  test("CAP-02 units beyond what remains are refused whole and take nothing", async () => {
    await openCountry(db, w, "PL", { user: 10 });
    await check(db, key, { units: 7 });
    expect(await check(db, key, { units: 4 })).toMatchObject({
      allowed: false,
      reason: "cap_reached",
      remaining: 3,
    });
    expect(await check(db, key, { units: 3 })).toMatchObject({ allowed: true, remaining: 0 });
    expect(await check(db, key, { units: 1_000_000 })).toMatchObject({ allowed: false });
    expect(await used()).toMatchObject({ used: 10 });
  });

  test("CAP-02 a cap of nothing refuses everything", async () => {
    await openCountry(db, w, "PL", { user: 0 });
    expect(await check(db, key)).toMatchObject({
      allowed: false,
      reason: "cap_reached",
      cap: 0,
      remaining: 0,
    });
  });

  test("CAP-03 operations, countries and workspaces each have their own", async () => {
    const other = await newWorkspace(db);
    const keys = [key, await newKey(db, other)];
    const countries = ["PL", "CZ"];
    for (const country of countries) {
      for (const owner of [w, other])
        await openCountry(db, owner, country, { user: 1, payment: 1, creator: 1 });
    }
    const gates = countries.flatMap((country) => OPERATIONS.map((operation) => ({ country, operation })));
    for (const who of keys) {
      const first = await checkMany(db, who, gates);
      const second = await checkMany(db, who, gates);
      expect(first.map((answer) => answer.reason)).toEqual(gates.map(() => "granted"));
      expect(second.map((answer) => answer.reason)).toEqual(gates.map(() => "cap_reached"));
    }
  });
});

describe("a refusal", () => {
  test.each([
    ["cap_reached", MIDNIGHT, { user: 0 }],
    ["amount_cap_reached", MIDNIGHT, { amount: eur(5) }],
    ["paused", null, {}],
    ["throttled", new Date(later(60_000)), {}],
  ] as const)("CAP-04 for %s says why and when to ask again, and is kept", async (reason, retryAt, caps) => {
    await openCountry(db, w, "PL", caps);
    if (reason === "paused") await pause();
    if (reason === "throttled") await throttle(3);
    const asked =
      reason === "amount_cap_reached"
        ? ({ operation: "payment", amount: eur(6) } as const)
        : ({ operation: "user" } as const);
    const answer = await check(db, key, asked);
    expect(answer).toMatchObject({
      allowed: false,
      reason,
      retry_at: retryAt,
      problem: null,
      replayed: false,
    });
    const [kept] =
      await db.owner`select allowed, reason, retry_at, units from launch.receipts where id = ${answer.id}`;
    expect(kept).toEqual({ allowed: false, reason, retry_at: retryAt, units: 1 });
    expect(await used(asked.operation)).toEqual({ used: 0, held: 0, amount: 0 });
  });

  test("CAP-04 a country listed but not launched, and one nobody has listed, are not_launched", async () => {
    await act(`launch.list_countries('${w.id}', '{CZ}')`);
    for (const country of ["CZ", "PL", "US"]) {
      expect(await check(db, key, { country })).toMatchObject({
        allowed: false,
        reason: "not_launched",
        retry_at: null,
      });
    }
  });

  test("CAP-05 an unlisted country is counted and not capped where the workspace allows it", async () => {
    await act(`app.change_workspace('${w.id}', 'Test', true, 'open')`);
    for (const used of [5000, 10_000]) {
      const answer = await check(db, key, { country: "JP", units: 5000 });
      expect(answer).toMatchObject({
        allowed: true,
        reason: "unlisted",
        cap: null,
        remaining: null,
        policy_version: null,
      });
      const [counter] =
        await db.owner`select used from launch.counters where workspace_id = ${w.id} and country = 'JP'`;
      expect(counter).toEqual({ used });
    }
    await act(`app.change_workspace('${w.id}', 'Test', false, 'closed')`);
    expect(await check(db, key, { country: "JP" })).toMatchObject({ reason: "not_launched" });
  });
});

describe("what a check leaves behind", () => {
  test("CAP-16 granted, refused and returned units of the five-minute slots add up to the counter", async () => {
    await openCountry(db, w, "PL", { user: 10 });
    for (const [minutes, units] of [
      [0, 3],
      [1, 4],
      [7, 5],
      [8, 3],
    ] as const) {
      await setClock(db, later(minutes * 60_000));
      await check(db, key, { units });
    }
    const slots =
      await db.owner`select slot_at, granted, refused from launch.usage_slots where workspace_id = ${w.id} order by slot_at`;
    expect(slots).toEqual([
      { slot_at: new Date(NOON), granted: 7, refused: 0 },
      { slot_at: new Date(later(300_000)), granted: 3, refused: 5 },
    ]);
    expect(await used()).toMatchObject({ used: 10 });
  });

  test("CAP-17 the receipt keeps all that was asked and answered", async () => {
    await openCountry(db, w, "PL", { amount: eur(100) });
    const answer = await check(
      db,
      key,
      {
        operation: "payment",
        units: 2,
        amount: eur(70),
        subject: "u1",
        device: "d1",
        ip: "2001:db8::1",
        hold_seconds: 30,
      },
      "full",
    );
    const [kept] = await db.service`select * from launch.read_receipt(${key.hash}, ${answer.id})`;
    expect(kept).toMatchObject({
      ...{
        operation: "payment",
        units: 2,
        amount_minor: "70",
        amount_currency: "EUR",
        subject: "u1",
        device: "d1",
      },
      ...{
        ip: "2001:db8::1",
        idempotency_key: "full",
        allowed: true,
        reason: "granted",
        cap: 10_000,
        remaining: 9998,
      },
      ...{ day_on: "2026-06-01", hold_expires_at: new Date(later(30_000)), state: "held", policy_version: 2 },
    });
    const stranger = await newKey(db, await newWorkspace(db));
    for (const [who, id] of [
      [stranger, answer.id],
      [key, randomUUID()],
    ] as const) {
      await expect(db.service`select * from launch.read_receipt(${who.hash}, ${id})`).rejects.toMatchObject({
        code: "GTNIL",
      });
    }
  });

  test("CAP-18 one check's misuse does not touch the others of its batch", async () => {
    await openCountry(db, w, "PL", { user: 2, amount: eur(5) });
    const blind = await newKey(db, w, ["flags.read"]);
    const [clock] = await db.service`select launch.now() as now`;
    expect(clock?.now).toEqual(new Date(NOON));
    expect((await checkMany(db, blind, [{}, {}])).map((answer) => answer.problem)).toEqual([
      "forbidden",
      "forbidden",
    ]);
    const answers = await checkMany(db, key, [{}, { operation: "payment" }, {}, {}, { country: "US" }]);
    expect(answers.map((answer) => answer.problem ?? answer.reason)).toEqual([
      "granted",
      "amount_required",
      "granted",
      "cap_reached",
      "not_launched",
    ]);
  });
});
