import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DEFAULT_USER_UNITS, OPEN_PHASES } from "#lib/launch/vocabulary.ts";
import { countriesOf } from "#tests/setup/country-moves.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { check, newKey, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";

let db: TestDatabase;
let w: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  w = await newWorkspace(db);
});

const { act, country, capsOf, bring } = countriesOf(() => ({ db, w }));

describe("caps", () => {
  test.each(OPEN_PHASES)(
    "CTY-06 activation in %s gives its default caps: payments ten times the users, creators a tenth",
    async (phase) => {
      await bring(phase);
      const user = { alpha: 100, soft: 1000, public: 10_000 }[phase];
      expect(DEFAULT_USER_UNITS[phase]).toBe(user);
      expect(await capsOf()).toEqual({ user, payment: user * 10, creator: user / 10 });
    },
  );

  test("CTY-06 every number can be set at activation, and users given alone set the other two", async () => {
    await openCountry(db, w, "PL", { user: 55 });
    expect(await capsOf("PL")).toEqual({ user: 55, payment: 550, creator: 5 });
    await openCountry(db, w, "CZ", {
      user: 55,
      payment: 7,
      creator: 0,
      amount: { minor: 500, currency: "EUR" },
    });
    expect(await capsOf("CZ")).toEqual({ user: 55, payment: 7, creator: 0 });
    const [amount] = await db.owner`
      select amount_minor::int, amount_currency from launch.caps where workspace_id = ${w.id} and country = 'CZ' and operation = 'payment'`;
    expect(amount).toEqual({ amount_minor: 500, amount_currency: "EUR" });
  });

  test("CTY-07 caps changed while the country runs keep what today has used", async () => {
    const key = await newKey(db, w);
    await openCountry(db, w, "PL", { user: 10 });
    await check(db, key, { units: 8 });
    const change = (units: number) =>
      act((sql) => sql`select launch.change_caps(${w.id}, 'PL', p_user_units => ${units})`);
    await change(5);
    expect(await check(db, key)).toMatchObject({
      allowed: false,
      reason: "cap_reached",
      cap: 5,
      remaining: 0,
    });
    await change(12);
    expect(await check(db, key, { units: 4 })).toMatchObject({
      allowed: true,
      cap: 12,
      remaining: 0,
      policy_version: 4,
    });
    expect(await capsOf()).toEqual({ user: 12, payment: 100, creator: 1 });
  });

  test.each([
    ["negative units", { p_user_units: -1 }],
    ["units beyond counting", { p_user_units: 100_000_001 }],
    ["an amount without a currency", { p_amount_minor: 100 }],
    ["a negative amount", { p_amount_minor: -5, p_amount_currency: "EUR" }],
    ["a currency in lower case", { p_amount_minor: 5, p_amount_currency: "eur" }],
  ])("CTY-08 %s are refused by the database itself", async (_what, given) => {
    await bring("soft");
    const before = [await country(), await capsOf()];
    const parts = Object.keys(given).map((name, index) => `${name} => $${index + 1}`);
    await expect(
      act((sql) => sql.unsafe(`select launch.change_caps('${w.id}', 'PL', ${parts})`, Object.values(given))),
    ).rejects.toMatchObject({ code: "23514" });
    expect([await country(), await capsOf()]).toEqual(before);
  });

  test("CTY-09 an amount cap can be set, kept by later changes, and removed", async () => {
    await bring("soft");
    const amount = async () => {
      const [row] =
        await db.owner`select amount_minor::int as minor, amount_currency as currency from launch.caps
        where workspace_id = ${w.id} and operation = 'payment'`;
      return row;
    };
    await act(
      (sql) =>
        sql`select launch.change_caps(${w.id}, 'PL', p_amount_minor => 900, p_amount_currency => 'PLN')`,
    );
    expect(await amount()).toEqual({ minor: 900, currency: "PLN" });
    await act((sql) => sql`select launch.change_caps(${w.id}, 'PL', p_user_units => 1)`);
    expect(await amount()).toEqual({ minor: 900, currency: "PLN" });
    await act((sql) => sql`select launch.change_caps(${w.id}, 'PL', p_amount_minor => -1)`);
    expect(await amount()).toEqual({ minor: null, currency: null });
  });

  test("CTY-09 the currency of an amount cap cannot change on a day that has spent some of it", async () => {
    const key = await newKey(db, w);
    await openCountry(db, w, "PL", { amount: { minor: 900, currency: "PLN" } });
    const change = () =>
      act(
        (sql) =>
          sql`select launch.change_caps(${w.id}, 'PL', p_amount_minor => 900, p_amount_currency => 'EUR')`,
      );
    await check(db, key, { operation: "payment", amount: { minor: 1, currency: "PLN" } });
    await expect(change()).rejects.toMatchObject({ code: "GTTRN" });
    await db.owner`update launch.counters set amount_used = 0 where workspace_id = ${w.id}`;
    await change();
  });

  test("CTY-10 advancing raises caps to the new phase's defaults but lowers none", async () => {
    await openCountry(db, w, "PL", { phase: "alpha", user: 5000, payment: 3, creator: 3 });
    await act((sql) => sql`select launch.advance_country(${w.id}, 'PL', 'soft')`);
    expect(await capsOf()).toEqual({ user: 5000, payment: 10_000, creator: 100 });
    await act((sql) => sql`select launch.advance_country(${w.id}, 'PL', 'public', null, false)`);
    expect(await capsOf()).toEqual({ user: 5000, payment: 10_000, creator: 100 });
  });
});
