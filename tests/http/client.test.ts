import { afterAll, beforeAll, expect, test } from "vitest";
import { createGantry, type GantryOptions } from "#lib/client/index.ts";
import { GantryError } from "#lib/client/request.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, openCountry, type TestKey, type Workspace } from "#tests/setup/people.ts";
import { type CuttableDatabase, cuttable, type ServedRoutes, serveRoutes } from "./serve-routes.ts";

let db: TestDatabase;
let relay: CuttableDatabase;
let served: ServedRoutes;
let workspace: Workspace;
let key: TestKey;
const lost: string[] = [];
let losing = 0;

beforeAll(async () => {
  db = await testDatabase();
  relay = await cuttable(db.serviceUrl);
  process.env.DATABASE_URL = relay.url;
  process.env.GANTRY_LOG_LEVEL = "silent";
  workspace = await newWorkspace(db);
  key = await newKey(db, workspace);
  await openCountry(db, workspace, "PL", { user: 1000 });
  served = await serveRoutes({
    losesAnswer(request, answer) {
      if (losing === 0 || answer.status !== 200) return false;
      losing -= 1;
      lost.push(request.headers.get("idempotency-key") ?? request.url);
      return true;
    },
  });
});
afterAll(async () => {
  await served.close();
  await db.close();
  await relay.cut();
});

const gantry = (changed: Partial<GantryOptions> = {}) =>
  createGantry({
    url: served.url,
    key: key.key,
    failModes: { user: "open", creator: "closed" },
    unknownCountry: "refuse",
    ...changed,
  });

const USER = { country: "PL", operation: "user" } as const;

async function used(): Promise<number> {
  const country = await gantry().capacity("PL");
  return country.gates.find((gate) => gate.operation === "user")?.used ?? Number.NaN;
}

async function refusal(work: Promise<unknown>): Promise<GantryError> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof GantryError)) throw new Error(`expected a GantryError, got ${String(thrown)}`);
  return thrown;
}

test("CLIENT-01 an answer lost after the commit is asked for again under one key and costs one unit", async () => {
  const before = await used();
  losing = 2;
  const decision = await gantry().check(USER, "lost-twice");
  expect(lost).toEqual(["lost-twice", "lost-twice"]);
  expect(decision).toMatchObject({ allowed: true, source: "gantry", replayed: true });
  expect(await used()).toBe(before + 1);
});

test("CLIENT-02 a commit whose answer is lost is repeated and gives the same settlement", async () => {
  const held = await gantry().check({ ...USER, hold_seconds: 60 });
  if (held.source !== "gantry") throw new Error("no answer");
  losing = 1;
  const first = await gantry().commit(held.answer.id);
  expect(first).toMatchObject({ id: held.answer.id, state: "committed" });
  expect(await gantry().commit(held.answer.id)).toEqual(first);
  expect((await gantry().receipt(held.answer.id)).state).toBe("committed");
});

test("CLIENT-03 a refusal is a decision of Gantry, never a fail mode", async () => {
  const refused = await gantry().check({ country: "DE", operation: "user" });
  expect(refused).toMatchObject({ allowed: false, source: "gantry", answer: { reason: "not_launched" } });
});

test("CLIENT-04 misuse throws its problem code instead of taking a fail mode", async () => {
  await gantry().check(USER, "used-once");
  const cases: [() => Promise<unknown>, string][] = [
    [() => gantry().check({ ...USER, units: 2 }, "used-once"), "key_reused"],
    [() => gantry().check({ ...USER, units: 0 }), "invalid_input"],
    [() => gantry().check(USER, ""), "invalid_input"],
    [() => gantry().check(USER, "k".repeat(256)), "invalid_input"],
    [() => gantry().check(USER, "clé €"), "invalid_input"],
    [() => gantry({ key: "gty_wrong" }).check(USER), "unauthenticated"],
    [() => gantry({ url: `${served.url}/elsewhere` }).check(USER), "unexpected_answer"],
    [() => gantry().receipt("00000000-0000-7000-8000-000000000000"), "not_found"],
  ];
  for (const [work, code] of cases) expect((await refusal(work())).code).toBe(code);
  const committed = await gantry().check(USER);
  if (committed.source !== "gantry") throw new Error("no answer");
  expect((await refusal(gantry().release(committed.answer.id))).code).toBe("reservation_conflict");
  expect(() => gantry({ url: "gate.example.com" })).toThrow(TypeError);
});

test("CLIENT-05 a request of unknown country follows the declared policy", async () => {
  const unknown = { country: null, operation: "user" } as const;
  expect(await gantry().check(unknown)).toEqual({ allowed: false, source: "unknown_country" });
  expect(await gantry({ unknownCountry: "allow" }).check(unknown)).toEqual({
    allowed: true,
    source: "unknown_country",
  });
  const before = await used();
  const held = await gantry({ unknownCountry: "PL" }).check(unknown);
  expect(held).toMatchObject({ allowed: true, source: "gantry", answer: { country: "PL" } });
  expect(await used()).toBe(before + 1);
});

test("CLIENT-06 with the database gone each operation takes its own fail mode, a payment always closed, and all is well at once when it is back", async () => {
  const quick = { retries: 0, timeout: 5000 };
  await relay.cut();
  const open = gantry({ ...quick, failModes: { user: "open", creator: "open" } });
  const closed = gantry({ ...quick, failModes: { user: "closed", creator: "closed" } });
  const outcomes = async (client: typeof open) =>
    Promise.all(
      (["user", "creator", "payment"] as const).map(async (operation) => {
        const decision = await client.check({ country: "PL", operation });
        return [decision.source, decision.allowed];
      }),
    );
  expect(await outcomes(open)).toEqual([
    ["fail_mode", true],
    ["fail_mode", true],
    ["fail_mode", false],
  ]);
  expect(await outcomes(closed)).toEqual([
    ["fail_mode", false],
    ["fail_mode", false],
    ["fail_mode", false],
  ]);
  expect((await refusal(gantry(quick).capacity("PL"))).code).toBe("unavailable");
  await relay.mend();
  expect(await gantry({ retries: 2 }).check(USER)).toMatchObject({ source: "gantry", allowed: true });
});

test("CLIENT-07 with no server at all the fail mode decides once the retries are spent", async () => {
  const tries: number[] = [];
  const counted: typeof fetch = (input, init) => {
    tries.push(1);
    return fetch(input, init);
  };
  const away = gantry({ url: "http://127.0.0.1:1", retries: 2, fetch: counted });
  const decision = await away.check(USER);
  expect(decision).toMatchObject({
    allowed: true,
    source: "fail_mode",
    error: { code: "unavailable", status: null },
  });
  expect(tries).toHaveLength(3);
});
