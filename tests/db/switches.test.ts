import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { OPERATIONS } from "#lib/launch/vocabulary.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
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

const act = (statement: string): Promise<unknown> =>
  asPerson(db, w.owner, (sql) => sql.unsafe(`select ${statement}`));
const setFlag = (flag: string, on: boolean) => act(`app.set_flag('${w.id}', '${flag}', ${on}, 'drill')`);
const throttle = (level: number) =>
  act(`launch.override_throttle('${w.id}', ${level}, '${later(600_000)}', 'drill')`);
const pause = () => act(`launch.pause_country('${w.id}', 'PL', 'drill')`);
const eur = (minor: number) => ({ minor, currency: "EUR" as const });

describe("the switches", () => {
  test("CAP-12 with launch.enabled off everything is allowed and nothing is counted", async () => {
    await openCountry(db, w, "PL", { user: 0 });
    await pause();
    await setFlag("launch.enabled", false);
    for (const country of ["PL", "US"]) {
      expect(await check(db, key, { country })).toMatchObject({
        allowed: true,
        reason: "engine_disabled",
        cap: null,
        remaining: null,
        resets_at: null,
      });
    }
    expect(await used()).toMatchObject({ used: 0 });
    const [slots] =
      await db.owner`select count(*)::int as n from launch.usage_slots where workspace_id = ${w.id}`;
    expect(slots).toEqual({ n: 0 });
  });

  test("CAP-13 with launch.countryCaps off checks are granted, counted, and keep the answer they would have had", async () => {
    await openCountry(db, w, "PL", { user: 1, payment: 5, amount: eur(10) });
    await setFlag("launch.countryCaps", false);
    expect(await check(db, key)).toMatchObject({ allowed: true, reason: "granted", shadow: null });
    const over = await check(db, key, { units: 3 });
    expect(over).toMatchObject({
      allowed: true,
      reason: "granted",
      shadow: "cap_reached",
      remaining: 0,
      retry_at: null,
    });
    expect(await used()).toMatchObject({ used: 4 });
    expect(await check(db, key, { operation: "payment", amount: eur(11) })).toMatchObject({
      shadow: "amount_cap_reached",
    });
    expect(await check(db, key, { operation: "payment" })).toMatchObject({ allowed: true, shadow: null });
    expect(await check(db, key, { country: "US" })).toMatchObject({ allowed: true, shadow: "not_launched" });
    const [kept] = await db.owner`select shadow, reason from launch.receipts where id = ${over.id}`;
    expect(kept).toEqual({ shadow: "cap_reached", reason: "granted" });
  });

  test("CAP-13 a pause refuses in shadow mode too", async () => {
    await openCountry(db, w, "PL");
    await setFlag("launch.countryCaps", false);
    await pause();
    expect(await check(db, key)).toMatchObject({ allowed: false, reason: "paused", shadow: null });
  });
});

describe("the throttle", () => {
  const YIELDS = [
    [0, { user: true, payment: true, creator: true }],
    [1, { user: true, payment: true, creator: true }],
    [2, { user: false, payment: true, creator: false }],
    [3, { user: false, payment: false, creator: false }],
  ] as const;

  test.each(YIELDS)("CAP-14 level %i lets in %o", async (level, allowed) => {
    await openCountry(db, w, "PL");
    await throttle(level);
    for (const operation of OPERATIONS) {
      const answer = await check(db, key, { operation });
      expect(answer, operation).toMatchObject({
        allowed: allowed[operation],
        reason: allowed[operation] ? "granted" : "throttled",
        throttle_level: level,
      });
    }
  });

  test("CAP-14 which operation yields at which level is configuration, and 4 never yields", async () => {
    await openCountry(db, w, "PL");
    await db.owner`insert into launch.throttle_policies (workspace_id, operation, yields_from)
      values (${w.id}, 'payment', 1), (${w.id}, 'creator', 4)`;
    await throttle(1);
    expect(await check(db, key, { operation: "payment" })).toMatchObject({ reason: "throttled" });
    await throttle(3);
    expect(await check(db, key, { operation: "creator" })).toMatchObject({ allowed: true });
  });

  test("CAP-15 an override holds until its end, over the measured level, and can be ended", async () => {
    await openCountry(db, w, "PL");
    await throttle(0);
    await db.owner`update launch.throttles set level = 3 where workspace_id = ${w.id}`;
    expect(await check(db, key)).toMatchObject({ allowed: true, throttle_level: 0 });
    await setClock(db, later(600_000));
    expect(await check(db, key)).toMatchObject({ reason: "throttled", throttle_level: 3 });
    await setClock(db, NOON);
    await act(`launch.override_throttle('${w.id}', null, null, 'over')`);
    expect(await check(db, key)).toMatchObject({ reason: "throttled", throttle_level: 3 });
  });

  test("CAP-15 the level that is read is the level in force, with what each operation yields to", async () => {
    await throttle(2);
    await db.owner`update launch.throttles set level = 1 where workspace_id = ${w.id}`;
    const read = async () => {
      const [row] = await asPerson(db, w.owner, (sql) => sql`select * from launch.read_throttle(${w.id})`);
      return row;
    };
    const yields = { user_yields_from: 2, payment_yields_from: 3, creator_yields_from: 2 };
    expect(await read()).toMatchObject({ level: 2, forced_until: new Date(later(600_000)), ...yields });
    await setClock(db, later(600_000));
    expect(await read()).toMatchObject({ level: 1, forced_until: null });
  });

  test("CAP-15 an override needs a reason, a level and an end within a week", async () => {
    const override = (level: number | null, until: string | null, reason: string | null) =>
      asPerson(
        db,
        w.owner,
        (sql) => sql`select launch.override_throttle(${w.id}, ${level}, ${until}, ${reason})`,
      );
    for (const reason of [null, "", " "]) {
      await expect(override(1, later(1000), reason)).rejects.toMatchObject({ code: "GTRSN" });
    }
    const week = 7 * 24 * 3_600_000;
    for (const [level, until] of [
      [4, later(1000)],
      [-1, later(1000)],
      [1, null],
      [1, NOON],
      [1, later(week + 1000)],
    ] as const) {
      await expect(override(level, until, "why")).rejects.toMatchObject({ code: "GTINV" });
    }
    await override(1, later(week), "why");
  });
});
