import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
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
const pause = () => act(`launch.pause_country('${w.id}', 'PL', 'drill')`);
const eur = (minor: number) => ({ minor, currency: "EUR" as const });

describe("an idempotency key", () => {
  test("CAP-06 gets the recorded answer again and consumes nothing, whatever happened since", async () => {
    await openCountry(db, w, "PL", { user: 2 });
    const granted = await check(db, key, { hold_seconds: 60 }, "same");
    await check(db, key);
    const refused = await check(db, key, {}, "late");
    expect(refused).toMatchObject({ allowed: false });
    await pause();
    await setClock(db, later(24 * 3_600_000));
    expect(await check(db, key, { hold_seconds: 60 }, "same")).toEqual({ ...granted, replayed: true });
    expect(await check(db, key, {}, "late")).toEqual({ ...refused, replayed: true });
    const [receipts] =
      await db.owner`select count(*)::int as n from launch.receipts where workspace_id = ${w.id}`;
    expect(receipts).toEqual({ n: 3 });
  });

  test("CAP-06 repeated within one batch counts once", async () => {
    await openCountry(db, w, "PL", { user: 10 });
    const answers = await checkMany(
      db,
      key,
      Array.from({ length: 5 }, () => ({ units: 2, idempotencyKey: "again" })),
    );
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    expect(answers.map((answer) => answer.replayed)).toEqual([false, true, true, true, true]);
    expect(await used()).toMatchObject({ used: 2 });
  });

  test("CAP-07 used with another request is a problem, and nothing is decided", async () => {
    await openCountry(db, w, "PL");
    await check(db, key, { units: 1 }, "mine");
    for (const other of [
      { units: 2 },
      { country: "CZ" },
      { operation: "payment" as const },
      { subject: "s" },
    ]) {
      expect(await check(db, key, other, "mine")).toMatchObject({ problem: "key_reused", allowed: null });
    }
    expect(await used()).toMatchObject({ used: 1 });
  });

  test("CAP-07 a batch is answered as its checks would be one after another", async () => {
    await openCountry(db, w, "PL", { amount: eur(100) });
    await check(db, key, { units: 1 }, "known");
    const payment = { operation: "payment" as const };
    const answers = await checkMany(db, key, [
      { units: 9, idempotencyKey: "known" },
      { units: 1, idempotencyKey: "known" },
      { units: 3, idempotencyKey: "new" },
      { units: 4, idempotencyKey: "new" },
      { units: 3, idempotencyKey: "new" },
      { ...payment, idempotencyKey: "fixed" },
      { ...payment, amount: eur(60), idempotencyKey: "fixed" },
      { ...payment, amount: eur(60), idempotencyKey: "fixed" },
      { ...payment, amount: eur(50), idempotencyKey: "fixed" },
    ]);
    expect(answers.map((answer) => answer.problem ?? (answer.replayed ? "replayed" : answer.reason))).toEqual(
      [
        "key_reused",
        "replayed",
        "granted",
        "key_reused",
        "replayed",
        "amount_required",
        "granted",
        "replayed",
        "key_reused",
      ],
    );
    expect(await used()).toMatchObject({ used: 4 });
    expect(await used("payment")).toMatchObject({ used: 1, amount: 60 });
  });

  test("CAP-08 stands for 48 hours and not longer", async () => {
    await openCountry(db, w, "PL");
    const first = await check(db, key, {}, "two days");
    await setClock(db, later(48 * 3_600_000 - 1));
    expect(await check(db, key, {}, "two days")).toEqual({ ...first, replayed: true });
    await setClock(db, later(48 * 3_600_000));
    const next = await check(db, key, { units: 2 }, "two days");
    expect(next).toMatchObject({ allowed: true, replayed: false });
    expect(next.id).not.toBe(first.id);
  });

  test("CAP-08 is pruned with its partition, while the receipt stays", async () => {
    await openCountry(db, w, "PL");
    const { id } = await check(db, key, {}, "old");
    await setClock(db, later(8 * 24 * 3_600_000));
    const [kept] = await db.owner`
      select (select count(*)::int from launch.idempotency_keys where workspace_id = ${w.id}) as keys,
        (select count(*)::int from launch.receipts where id = ${id}) as receipts`;
    expect(kept).toEqual({ keys: 0, receipts: 1 });
  });

  test("CAP-09 belongs to its workspace", async () => {
    const other = await newWorkspace(db);
    for (const owner of [w, other]) await openCountry(db, owner, "PL");
    const mine = await check(db, key, {}, "shared");
    const theirs = await check(db, await newKey(db, other), { units: 2 }, "shared");
    expect(theirs).toMatchObject({ allowed: true, replayed: false });
    expect(theirs.id).not.toBe(mine.id);
  });
});
