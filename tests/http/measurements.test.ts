import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, type Workspace } from "#tests/setup/people.ts";
import { type Api, ask, serveApi } from "./api.ts";

let db: TestDatabase;
let api: Api;
let w: Workspace;
let key: string;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  api = await serveApi();
});
afterAll(async () => {
  await api.close();
  await db.close();
});
beforeEach(async () => {
  w = await newWorkspace(db);
  key = (await newKey(db, w)).key;
});

const measuring = (measurements: unknown) =>
  ask(api, { path: "/api/v1/measurements", key, body: { measurements } });
const values = () =>
  db.owner`select name, value from launch.measurements where workspace_id = ${w.id} order by name, value`;

test("SIG-26 measurements are taken up to 1,000 at once", async () => {
  const at = new Date(Date.now() - 60_000).toISOString();
  const rows = Array.from({ length: 1000 }, (_, index) => ({
    name: `load.of_${index}`,
    value: -index / 3,
    at,
  }));
  expect(await measuring(rows)).toMatchObject({ status: 202, body: { accepted: 1000 } });
  expect(await measuring([...rows, rows[0]])).toMatchObject({ status: 400 });
  expect(
    await measuring([
      { name: "null", value: 1 },
      { name: "sessions", value: 2, at: at.replace("Z", "+00:00") },
    ]),
  ).toMatchObject({
    body: { accepted: 2 },
  });
  expect(await values()).toHaveLength(1002);
});

test.each<[string, unknown, string]>([
  ["none", [], "measurements"],
  ["a name in capitals", [{ name: "Sessions", value: 1 }], "measurements.0.name"],
  ["a name with a space", [{ name: "a b", value: 1 }], "measurements.0.name"],
  ["no value", [{ name: "a", value: 1 }, { name: "a" }], "measurements.1.value"],
  ["a value that is null, as NaN is in JSON", [{ name: "a", value: Number.NaN }], "measurements.0.value"],
  ["a value that is text", [{ name: "a", value: "1" }], "measurements.0.value"],
  ["a time that isn't", [{ name: "a", value: 1, at: "now" }], "measurements.0.at"],
  [
    "a time ahead",
    [
      { name: "a", value: 1 },
      { name: "b", value: 1, at: new Date(Date.now() + 120_000).toISOString() },
    ],
    "measurements.1.at",
  ],
  ["a time of another age", [{ name: "a", value: 1, at: "0001-01-01T00:00:00+23:59" }], "measurements.0.at"],
  ["a field of its own", [{ name: "a", value: 1, unit: "s" }], "measurements.0"],
])(
  "SIG-27 measurements with %s are refused by the path, and nothing is kept",
  async (_, measurements, path) => {
    const reply = await measuring(measurements);
    expect(reply).toMatchObject({ status: 400, body: { code: "invalid_input" } });
    expect(reply.body?.errors).toContainEqual({ path, message: expect.any(String) });
    expect(await values()).toEqual([]);
  },
);

test("SIG-27 measurements with an infinite value are refused", async () => {
  expect(
    await ask(api, {
      path: "/api/v1/measurements",
      key,
      body: '{"measurements":[{"name":"a","value":-1e999}]}',
    }),
  ).toMatchObject({
    status: 400,
    body: { errors: [{ path: "measurements.0.value" }] },
  });
});
