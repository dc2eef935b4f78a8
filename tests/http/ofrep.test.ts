import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as evaluateOne } from "#app/ofrep/v1/evaluate/flags/[key]/route.ts";
import { POST as evaluateAll } from "#app/ofrep/v1/evaluate/flags/route.ts";
import { drawKey } from "#lib/workspace/key-format.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, newKey, newWorkspace, type TestKey, type Workspace } from "#tests/setup/people.ts";

let db: TestDatabase;
let workspace: Workspace;
let key: TestKey;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  workspace = await newWorkspace(db);
  key = await newKey(db, workspace);
});
afterAll(() => db.close());

interface Asking {
  headers?: Record<string, string>;
  body?: string;
}

function post({ headers = {}, body = "{}" }: Asking): Request {
  const bearer = { authorization: `Bearer ${key.key}` };
  const sent = "x-api-key" in headers || "authorization" in headers ? headers : { ...bearer, ...headers };
  return new Request("http://gantry.local/ofrep/v1/evaluate/flags", {
    method: "POST",
    headers: { "content-type": "application/json", ...sent },
    body,
  });
}

const all = (asking: Asking = {}) => evaluateAll(post(asking), { params: Promise.resolve({}) });
const one = (flag: string, asking: Asking = {}) =>
  evaluateOne(post(asking), { params: Promise.resolve({ key: flag }) });

async function switchFlag(flag: string, enabled: boolean): Promise<void> {
  await asPerson(
    db,
    workspace.owner,
    (sql) => sql`select app.set_flag(${workspace.id}, ${flag}, ${enabled}, 'test')`,
  );
}

test("OFR-01 a flag is evaluated as OFREP has it: key, value, variant, reason STATIC, metadata", async () => {
  const response = await one("launch.enabled", {
    body: JSON.stringify({ context: { targetingKey: "anybody" } }),
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(await response.json()).toEqual({
    key: "launch.enabled",
    value: true,
    reason: "STATIC",
    variant: "on",
    metadata: { description: expect.any(String), version: 1, updatedAt: expect.stringMatching(/Z$/) },
  });
});

test("OFR-02 a switch shows in the next evaluation", async () => {
  await switchFlag("launch.fraudShield", false);
  expect(await (await one("launch.fraudShield")).json()).toMatchObject({ value: false, variant: "off" });
});

test("OFR-03 bulk evaluation answers every flag of the key's workspace and no other's", async () => {
  const other = await newWorkspace(db, { environment: "development" });
  const otherKey = await newKey(db, other);
  const mine = (await (await all()).json()) as { flags: { key: string; value: boolean }[] };
  const theirs = (await (await all({ headers: { "x-api-key": otherKey.key } })).json()) as typeof mine;
  expect(mine.flags.map((flag) => flag.key)).toHaveLength(8);
  expect(mine.flags.find((flag) => flag.key === "launch.enabled")?.value).toBe(true);
  expect(theirs.flags.find((flag) => flag.key === "launch.enabled")?.value).toBe(false);
});

test("OFR-04 an unchanged bulk evaluation is 304 without a body, and 200 again after a switch", async () => {
  const first = await all();
  const etag = first.headers.get("etag") ?? "";
  expect(etag).toMatch(/^"[^"]+"$/);
  const second = await all({
    headers: { authorization: `Bearer ${key.key}`, "if-none-match": `"other", W/${etag}` },
  });
  expect(second.status).toBe(304);
  expect(second.headers.get("etag")).toBe(etag);
  expect(await second.text()).toBe("");
  await switchFlag("launch.marketSequencer", false);
  const third = await all({ headers: { authorization: `Bearer ${key.key}`, "if-none-match": etag } });
  expect(third.status).toBe(200);
  expect(third.headers.get("etag")).not.toBe(etag);
});

test("OFR-05 an unknown flag is 404 FLAG_NOT_FOUND and names its key", async () => {
  const response = await one("launch.nothing");
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ key: "launch.nothing", errorCode: "FLAG_NOT_FOUND" });
});

test.each([
  ["a body that isn't JSON", "{", "PARSE_ERROR"],
  ["a body that isn't an object", "[]", "PARSE_ERROR"],
  ["a context that isn't an object", '{"context": 7}', "INVALID_CONTEXT"],
  ["a targeting key that isn't text", '{"context": {"targetingKey": 7}}', "INVALID_CONTEXT"],
])("OFR-06 %s is 400 %s in OFREP's own words", async (_what, body, errorCode) => {
  const single = await one("launch.enabled", { body });
  expect(single.status).toBe(400);
  expect(await single.json()).toEqual({ key: "launch.enabled", errorCode, errorDetails: expect.any(String) });
  const bulk = await all({ body });
  expect(bulk.status).toBe(400);
  expect(await bulk.json()).toEqual({ errorCode, errorDetails: expect.any(String) });
});

test("OFR-07 an empty body is an evaluation without a context", async () => {
  expect((await one("launch.enabled", { body: "" })).status).toBe(200);
});

test("OFR-08 a key is taken as Bearer or X-API-Key; a wrong one is 401, one without flags.read 403", async () => {
  expect((await all({ headers: { "x-api-key": key.key } })).status).toBe(200);
  const unknown = await all({ headers: { "x-api-key": drawKey().key } });
  expect(unknown.status).toBe(401);
  expect(unknown.headers.get("www-authenticate")).toContain("Bearer");
  expect((await all({ headers: { "x-api-key": "gty_typo" } })).status).toBe(401);
  const narrow = await newKey(db, workspace, ["caps.check"]);
  const forbidden = await one("launch.enabled", { headers: { "x-api-key": narrow.key } });
  expect(forbidden.status).toBe(403);
  expect(await forbidden.json()).toMatchObject({ key: "launch.enabled", errorCode: "GENERAL" });
});

test("OFR-09 past its rate a key is told when to ask again", async () => {
  const eager = await newKey(db, workspace);
  const headers = { "x-api-key": eager.key };
  const answers = await Promise.all(Array.from({ length: 6001 }, () => all({ headers, body: "{" })));
  const refused = answers.filter((answer) => answer.status === 429);
  expect(refused).toHaveLength(1);
  expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
});
