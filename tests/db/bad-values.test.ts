import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askAround } from "#lib/ask-around.ts";
import { checkCap, checkCaps, closeCaps } from "#lib/launch/caps.ts";
import { CapCheck } from "#lib/launch/schema.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, openCountry, type TestKey, type Workspace } from "#tests/setup/people.ts";

// What no schema foresaw: a value that fails inside the database. Planted, because none is known.
const PLANT = `
  create function test.fail() returns trigger language plpgsql as $$
  begin
    if new.subject = 'poison' then perform 1 / 0; end if;
    return new;
  end $$;
  create trigger fail before insert on launch.receipts for each row execute function test.fail()`;

let db: TestDatabase;
let workspace: Workspace;
let key: TestKey;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  workspace = await newWorkspace(db);
  key = await newKey(db, workspace);
  await openCountry(db, workspace, "PL", { user: 2000 });
  await db.owner.unsafe(PLANT);
});
afterAll(async () => {
  await closeCaps();
  await db.close();
});

const check = (subject: string) => CapCheck.parse({ country: "PL", operation: "user", subject });
const ask = (subject: string) => checkCap(key.hash, randomUUID(), check(subject));

async function used(): Promise<number> {
  const [row] = await db.owner<{ used: number }[]>`
    select used from launch.counters where workspace_id = ${workspace.id} and operation = 'user'`;
  return row?.used ?? -1;
}

/** Outcomes of checks that wait for one call, in order: granted, or the SQLSTATE. */
async function together(subjects: string[]): Promise<string[]> {
  const settled = await Promise.allSettled(subjects.map(ask));
  return settled.map((one) =>
    one.status === "fulfilled" ? one.value.answer.reason : String(Reflect.get(one.reason, "code")),
  );
}

test("CAP-19 a value that fails inside the database fails its own check and none of the others of its call", async () => {
  const before = await used();
  const subjects = Array.from({ length: 200 }, (_, index) =>
    index === 77 || index === 150 ? "poison" : `s${index}`,
  );
  const outcomes = await together(subjects);
  expect(outcomes).toEqual(subjects.map((subject) => (subject === "poison" ? "22012" : "granted")));
  expect(await used()).toBe(before + 198);
});

test("CAP-19 in a batch the others are answered and the one at fault is an internal problem; alone it fails the request", async () => {
  const checks = ["fine", "poison", "fine too"].map((subject) => ({
    idempotencyKey: randomUUID(),
    check: check(subject),
  }));
  expect(await checkCaps(key.hash, checks)).toMatchObject([
    { decided: { answer: { allowed: true } } },
    { problem: { code: "internal" } },
    { decided: { answer: { allowed: true } } },
  ]);
  const alone = [{ idempotencyKey: randomUUID(), check: check("poison") }];
  await expect(checkCaps(key.hash, alone)).rejects.toMatchObject({ code: "internal" });
});

test("CAP-20 however many values are at fault, a call costs a bounded number of others", async () => {
  const items = Array.from({ length: 1000 }, (_, index) => index);
  const tried = async (atFault: (item: number) => boolean) => {
    let calls = 0;
    const answers = await askAround(items, async (some) => {
      calls += 1;
      if (some.some(atFault)) throw Object.assign(new Error("division by zero"), { code: "22012" });
      return some;
    });
    expect(answers).toHaveLength(1000);
    return { calls, failed: answers.flatMap((answer, index) => (answer instanceof Error ? [index] : [])) };
  };
  expect(await tried(() => false)).toEqual({ calls: 1, failed: [] });
  const two = await tried((item) => item === 77 || item === 900);
  expect(two.failed).toEqual([77, 900]);
  expect(two.calls).toBeLessThan(45);
  const all = await tried(() => true);
  expect(all.failed).toEqual(items);
  expect(all.calls).toBeLessThan(80);
});

test("CAP-20 what is not about a value is not asked again: nothing was answered, and the caller hears it", async () => {
  let calls = 0;
  const gone = Object.assign(new Error("gone"), { code: "57P01" });
  const lost = askAround([1, 2, 3], async () => {
    calls += 1;
    throw gone;
  });
  await expect(lost).rejects.toBe(gone);
  expect(calls).toBe(1);
});
