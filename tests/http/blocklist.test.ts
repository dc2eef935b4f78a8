import { afterAll, beforeAll, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, newKey, newWorkspace, type TestKey, type Workspace } from "#tests/setup/people.ts";
import { type Api, ask, serveApi } from "./api.ts";

const NOW = "2026-06-01T10:00:00.000Z";

let db: TestDatabase;
let api: Api;
let workspace: Workspace;
let key: TestKey;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  await setClock(db, NOW);
  workspace = await newWorkspace(db);
  key = await newKey(db, workspace, ["threats.read"]);
  api = await serveApi();
  const values = [
    ["device", "d-1"],
    ["device", "d-2"],
    ["account", "a-1"],
    ["ip_range", "203.0.113.9/24"],
    ["device", "d-3"],
  ] as const;
  for (const [kind, value] of values) {
    await asPerson(
      db,
      workspace.owner,
      (sql) =>
        sql`select launch.block(${workspace.id}, ${kind}, ${value}, ${value === "d-2" ? "2026-06-01T10:30:00Z" : "2026-06-02T10:00:00Z"}, 'drill')`,
    );
  }
  await asPerson(
    db,
    workspace.owner,
    (sql) =>
      sql`select launch.lift_block(${workspace.id}, b.id) from launch.blocks b where b.workspace_id = ${workspace.id} and b.value = 'd-1'`,
  );
});
afterAll(async () => {
  await api.close();
  await db.close();
});

type Listed = { data: { value: string; in_force: boolean }[]; next_cursor: string | null };

async function list(query: string): Promise<Listed> {
  const { status, body } = await ask(api, { path: `/api/v1/blocklist${query}`, key: key.key });
  expect(status).toBe(200);
  return body as Listed;
}

const values = ({ data }: Listed) => data.map(({ value }) => value);

test("BLK-40 the blocklist is read newest first, page after page, each block once, without persons", async () => {
  const first = await list("?limit=2");
  const second = await list(`?limit=2&cursor=${first.next_cursor}`);
  const third = await list(`?limit=2&cursor=${second.next_cursor}`);
  expect([first, second, third].map(values)).toEqual([["d-3", "203.0.113.0/24"], ["a-1", "d-2"], ["d-1"]]);
  expect(third.next_cursor).toBeNull();
  expect(first.data[0]).toMatchObject({
    kind: "device",
    source: "person",
    until: "2026-06-02T10:00:00.000Z",
  });
  expect(Object.keys(first.data[0] ?? {})).not.toContain("created_by");
});

test("BLK-41 a filter of the blocklist leaves what it says, in_force follows the clock, and one that makes no sense is refused", async () => {
  expect(values(await list("?kind=device"))).toEqual(["d-3", "d-2", "d-1"]);
  expect(values(await list("?kind=device&in_force=true"))).toEqual(["d-3", "d-2"]);
  expect(values(await list("?value=a-1"))).toEqual(["a-1"]);
  await setClock(db, "2026-06-01T10:30:00.000Z");
  expect(values(await list("?kind=device&in_force=true"))).toEqual(["d-3"]);
  expect((await list("?value=d-2")).data).toMatchObject([{ in_force: false }]);
  await setClock(db, NOW);
  for (const query of ["?kind=colour", "?in_force=perhaps", "?limit=0", "?cursor=1", "?colour=red"]) {
    const { status, body } = await ask(api, { path: `/api/v1/blocklist${query}`, key: key.key });
    expect([query, status, body?.code]).toEqual([query, 400, "invalid_input"]);
  }
});

test("BLK-42 another workspace's key reads none of the blocks", async () => {
  const stranger = await newKey(db, await newWorkspace(db), ["threats.read"]);
  const { body } = await ask(api, { path: "/api/v1/blocklist", key: stranger.key });
  expect(body).toEqual({ data: [], next_cursor: null });
});

test("THR-40 the rules are read with their numbers and their precision among judged alerts", async () => {
  await db.owner`select private.raise_alert(${workspace.id}, 'threat', ${`threat:device_farm:${"abc"}`}, 'warning', 'Farm')`;
  await asPerson(
    db,
    workspace.owner,
    (sql) =>
      sql`select launch.resolve_alert(${workspace.id}, a.id, 'true_positive', null, null) from launch.alerts a where a.workspace_id = ${workspace.id}`,
  );
  const { status, body } = await ask(api, { path: "/api/v1/threat-rules", key: key.key });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    data: [
      {
        rule: "device_farm",
        threshold: 3,
        window_minutes: 1440,
        share: null,
        true_positives: 1,
        precision: 1,
      },
      { rule: "creator_ring", precision: null },
      { rule: "payment_burst", answer: "watch", counts_per: "workspace" },
      { rule: "chargeback_burst", share: 0.01 },
    ],
    next_cursor: null,
  });
});
