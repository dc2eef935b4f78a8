import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  check,
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

async function used(operation = "user", country = "PL") {
  const [row] = await db.owner`
    select used, held, amount_used::int as amount from launch.counters
    where workspace_id = ${w.id} and country = ${country} and operation = ${operation}`;
  return row;
}

const eur = (minor: number) => ({ minor, currency: "EUR" as const });

describe("an amount cap", () => {
  const pay = (minor: number, currency: "EUR" | "PLN" = "EUR") =>
    check(db, key, { operation: "payment", amount: { minor, currency } });

  test("CAP-10 is spent to the last minor unit and never beyond", async () => {
    await openCountry(db, w, "PL", { amount: eur(1000) });
    expect(await pay(600)).toMatchObject({ allowed: true });
    expect(await pay(401)).toMatchObject({
      allowed: false,
      reason: "amount_cap_reached",
      retry_at: MIDNIGHT,
    });
    expect(await pay(400)).toMatchObject({ allowed: true });
    expect(await pay(1)).toMatchObject({ allowed: false, reason: "amount_cap_reached" });
    expect(await used("payment")).toEqual({ used: 2, held: 0, amount: 1000 });
    await setClock(db, MIDNIGHT.toISOString());
    expect(await pay(1000)).toMatchObject({ allowed: true });
  });

  test("CAP-11 needs an amount in its own currency, and a payment without one is neither decided nor kept", async () => {
    await openCountry(db, w, "PL", { amount: eur(1000) });
    expect(await check(db, key, { operation: "payment" })).toMatchObject({
      problem: "amount_required",
      allowed: null,
    });
    expect(await pay(5, "PLN")).toMatchObject({ problem: "currency_mismatch", allowed: null });
    const [receipts] =
      await db.owner`select count(*)::int as n from launch.receipts where workspace_id = ${w.id}`;
    expect(receipts).toEqual({ n: 0 });
  });

  test("CAP-11 that isn't set leaves amounts of any currency uncounted", async () => {
    await openCountry(db, w, "PL");
    expect(await pay(9_000_000_000)).toMatchObject({ allowed: true });
    expect(await pay(1, "PLN")).toMatchObject({ allowed: true });
    expect(await used("payment")).toEqual({ used: 2, held: 0, amount: 0 });
  });
});
