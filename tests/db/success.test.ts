import { afterAll, beforeAll, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  check,
  join,
  newKey,
  newWorkspace,
  openCountry,
  type Workspace,
} from "#tests/setup/people.ts";

const NOON = "2026-06-01T10:02:00.000Z";
let db: TestDatabase;
let w: Workspace;
let other: Workspace;

beforeAll(async () => {
  db = await testDatabase();
  for (const time of ["2026-05-24T10:00:00.000Z", NOON]) {
    await setClock(db, time);
    await db.owner`select launch.maintain_partitions()`;
  }
  w = await newWorkspace(db);
  other = await newWorkspace(db);
});
afterAll(() => db.close());

type Row = { metric: string; part: number; whole: number; hours: number };
const success = async (workspace = w, person = workspace.owner) => {
  const rows = await asPerson(
    db,
    person,
    (sql) => sql<Row[]>`select * from launch.read_success(${workspace.id})`,
  );
  return new Map(rows.map(({ metric, part, whole }) => [metric, [part, whole]]));
};

test("MIS-20 without reports every success metric has a whole of nothing", async () => {
  const empty = await success();
  expect([...empty.keys()].toSorted()).toEqual(
    [
      "api_errors",
      "chargebacks",
      "fraud",
      "registrations",
      "response_ms",
      "store_rating",
      "verification",
    ].toSorted(),
  );
  expect([...empty.values()]).toEqual(Array.from({ length: 7 }, () => [0, 0]));
});

test("MIS-21 registrations are users granted and kept of users asked for; admissions are the same five minutes, users alone", async () => {
  const key = await newKey(db, w);
  await openCountry(db, w, "PL", { user: 3 });
  for (let asked = 0; asked < 4; asked += 1) await check(db, key);
  await check(db, key, { operation: "payment" });
  expect((await success()).get("registrations")).toEqual([3, 4]);
  const admissions = await asPerson(
    db,
    w.owner,
    (sql) =>
      sql`select granted::int, refused::int from launch.read_admissions(${w.id}, launch.now() - interval '1 hour')`,
  );
  expect(admissions).toEqual([{ granted: 3, refused: 1 }]);
  expect((await success(other)).get("registrations")).toEqual([0, 0]);
});

test("MIS-22 ratings, chargebacks and fraud are those of seven days, verification that of the newest snapshots", async () => {
  const slot = (type: string, events: number, at: string, stars = 0) =>
    db.owner`insert into launch.event_slots (workspace_id, country, slot_at, type, events, value_sum, value_count)
      values (${w.id}, 'PL', ${at}, ${type}, ${events}, ${stars}, ${stars === 0 ? 0 : events})`;
  await slot("store.rated", 10, "2026-05-31T10:00:00Z", 46);
  await slot("registration.completed", 500, "2026-05-30T10:00:00Z");
  await slot("purchase.completed", 200, "2026-05-29T10:00:00Z");
  await slot("purchase.charged_back", 3, "2026-05-28T10:00:00Z");
  await slot("purchase.charged_back", 70, "2026-05-24T10:00:00Z");
  await db.owner`insert into launch.blocks (workspace_id, kind, value, reason, source, until)
    values (${w.id}, 'account', 'u1', 'farm', 'rule', ${"2026-07-01T00:00:00Z"}), (${w.id}, 'device', 'd1', 'farm', 'rule', ${"2026-07-01T00:00:00Z"})`;
  for (const [at, verified] of [
    ["2026-06-01T09:00:00Z", 10],
    ["2026-06-01T10:00:00Z", 92],
  ] as const) {
    await db.owner`insert into launch.region_kpis select ${w.id}, 'PL', ${at}, 100, ${verified}, 0, 0, 0, 'USD', '{}', '{}', 0, '{}', 0, 0, null, null, 0`;
  }
  const found = await success();
  expect(found.get("store_rating")).toEqual([46, 10]);
  expect(found.get("chargebacks")).toEqual([3, 200]);
  expect(found.get("fraud")).toEqual([1, 500]);
  expect(found.get("verification")).toEqual([92, 100]);
});

test("MIS-23 answers are counted by the minute from any process; only the service may count, and only members may read", async () => {
  await db.service`select launch.count_answers(90, 1, 4500)`;
  await db.service`select launch.count_answers(10, 0, 500)`;
  const found = await success();
  expect(found.get("api_errors")).toEqual([1, 100]);
  expect(found.get("response_ms")).toEqual([5000, 100]);
  const viewer = await join(db, w, "viewer");
  expect((await success(w, viewer)).get("api_errors")).toEqual([1, 100]);
  await expect(
    asPerson(db, viewer, (sql) => sql`select launch.count_answers(1, 1, 1)`),
  ).rejects.toMatchObject({ code: "42501" });
  await expect(success(other, viewer)).rejects.toMatchObject({ code: "GTNIL" });
});
