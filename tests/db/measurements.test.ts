import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, type TestKey, type Workspace } from "#tests/setup/people.ts";

const NOON = "2026-06-10T12:00:00.000Z";
const DAY = 86_400_000;

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

const at = (offset: number) => Date.parse(NOON) + offset;
const moveTo = (offset: number) => setClock(db, new Date(at(offset)).toISOString());

const measure = (rows: [name: string, value: number, offset: number | null][], as = key) =>
  db.service.begin(async (sql) => {
    const [{ workspace_id } = {}] =
      await sql`select workspace_id from app.act_as_key(${as.hash}, 'signals.report')`;
    const [row] =
      await sql`select launch.report_measurements(${workspace_id}, ${rows.map(([name]) => name)}::text[],
      ${rows.map(([, value]) => value)}::float8[], ${rows.map(([, , offset]) => (offset === null ? null : at(offset)))}::int8[]) as kept`;
    return row?.kept;
  });
const values = () => db.owner`
  select name, measured_at, value from launch.measurements where workspace_id = ${w.id} order by name, measured_at`;

test("SIG-14 measurements are kept by name and time; the same again is the last value", async () => {
  expect(
    await measure([
      ["sessions", 1, -1000],
      ["sessions", 2, null],
      ["sessions", 3, -1000],
      ["payments", 0.5, -DAY],
    ]),
  ).toBe(3);
  await moveTo(500);
  expect(await measure([["sessions", 7, -1000]])).toBe(1);
  expect(await values()).toEqual([
    { name: "payments", measured_at: new Date(at(-DAY)), value: 0.5 },
    { name: "sessions", measured_at: new Date(at(-1000)), value: 7 },
    { name: "sessions", measured_at: new Date(NOON), value: 2 },
  ]);
});

test("SIG-15 measurements more than a minute ahead or no longer kept are refused by their place, and nothing is kept", async () => {
  await measure([["sessions", 1, 60_000]]);
  for (const offset of [60_001, -31 * DAY, -6e13, 8e15]) {
    await expect(
      measure([
        ["sessions", 2, 0],
        ["sessions", 3, offset],
      ]),
    ).rejects.toMatchObject({
      code: "GTINV",
      detail: expect.stringContaining('"measurements.1.at"'),
    });
  }
  expect(await values()).toHaveLength(1);
  const blind = await newKey(db, w, ["caps.check"]);
  await expect(measure([["sessions", 1, 0]], blind)).rejects.toMatchObject({ code: "GTROL" });
});
