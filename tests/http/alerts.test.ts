import { afterAll, beforeAll, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, type TestKey, type Workspace } from "#tests/setup/people.ts";
import { type Api, ask, serveApi } from "./api.ts";

let db: TestDatabase;
let api: Api;
let workspace: Workspace;
let key: TestKey;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  await setClock(db, "2026-06-01T10:00:00.000Z");
  workspace = await newWorkspace(db);
  key = await newKey(db, workspace, ["alerts.read"]);
  api = await serveApi();
  for (let i = 0; i < 5; i += 1) {
    await db.owner`select private.raise_alert(${workspace.id}, ${i % 2 === 0 ? "load" : "capacity"}, ${`drill:${i}`}, 'warning',
      ${`Drill ${i}`}, ${i === 4 ? "PL" : null})`;
  }
  await db.owner`select private.settle_alert(${workspace.id}, 'drill:0', 'gone')`;
});
afterAll(async () => {
  await api.close();
  await db.close();
});

type Listed = { data: { id: string; title: string; status: string }[]; next_cursor: string | null };

async function list(query: string): Promise<Listed> {
  const { status, body } = await ask(api, { path: `/api/v1/alerts${query}`, key: key.key });
  expect(status).toBe(200);
  return body as Listed;
}

const titles = ({ data }: Listed) => data.map(({ title }) => title);

test("ALT-12 alerts are listed newest first, page after page, each once", async () => {
  const first = await list("?limit=2");
  const second = await list(`?limit=2&cursor=${first.next_cursor}`);
  const third = await list(`?limit=2&cursor=${second.next_cursor}`);
  expect([first, second, third].map(titles)).toEqual([
    ["Drill 4", "Drill 3"],
    ["Drill 2", "Drill 1"],
    ["Drill 0"],
  ]);
  expect(third.next_cursor).toBeNull();
});

test("ALT-13 a filter leaves what it says, and one that makes no sense is refused by its name", async () => {
  expect(titles(await list("?kind=capacity"))).toEqual(["Drill 3", "Drill 1"]);
  expect(titles(await list("?status=resolved"))).toEqual(["Drill 0"]);
  expect(titles(await list("?status=unresolved&kind=load"))).toEqual(["Drill 4", "Drill 2"]);
  expect(titles(await list("?country=PL&severity=warning"))).toEqual(["Drill 4"]);
  for (const query of ["?kind=fire", "?limit=0", "?limit=201", "?cursor=1", "?country=pl", "?colour=red"]) {
    const { status, body } = await ask(api, { path: `/api/v1/alerts${query}`, key: key.key });
    expect([query, status, body?.code]).toEqual([query, 400, "invalid_input"]);
  }
});

test("ALT-14 one alert is read whole, without persons, and another workspace's is not there", async () => {
  const [newest] = (await list("?limit=1")).data;
  const { body } = await ask(api, { path: `/api/v1/alerts/${newest?.id}`, key: key.key });
  expect(body).toMatchObject({ title: "Drill 4", country: "PL", occurrences: 1, version: 1 });
  expect(Object.keys(body ?? {})).not.toContain("assigned_to");
  const stranger = await newKey(db, await newWorkspace(db));
  const { status } = await ask(api, { path: `/api/v1/alerts/${newest?.id}`, key: stranger.key });
  expect(status).toBe(404);
});
