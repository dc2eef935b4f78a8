import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DryRun, DryRunHead } from "#lib/dryrun/answers.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  check,
  newKey,
  newWorkspace,
  openCountry,
  type TestKey,
  type Workspace,
} from "#tests/setup/people.ts";
import { type Api, ask, type Reply, serveApi } from "./api.ts";

// A check's id carries the real time, so the days that are replayed are real ones.
const NOON = `${new Date().toISOString().slice(0, 10)}T12:00:00.000Z`;

let db: TestDatabase;
let api: Api;
let workspace: Workspace;
let key: TestKey;
beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  api = await serveApi();
  await setClock(db, NOON);
  workspace = await newWorkspace(db);
  key = await newKey(db, workspace);
  await openCountry(db, workspace, "PL", { user: 2 });
  for (let n = 0; n < 5; n++) await check(db, key);
});
afterAll(async () => {
  await api.close();
  await db.close();
});

const send = (path: string, body?: unknown, by = key.key) =>
  ask(api, { path: `/api/v1/dry-runs${path}`, key: by, ...(body !== undefined && { body }) });
const answer = ({ status, body }: Reply) => ({ status, code: body?.code });
const more = (user_units: number) => ({ proposal: { countries: { PL: { user_units } } }, days: 1 });
const runJobs = () => db.service`select launch.run_dry_runs()`;

async function start(body: object): Promise<string> {
  const asked = await send("", body);
  expect(asked.status).toBe(202);
  return String(asked.body?.id);
}

test("DRY-30 over REST a dry run is asked for, replayed by the job, and read with what it found, as documented", async () => {
  const id = await start(more(4));
  expect((await send(`/${id}`)).body).toMatchObject({ status: "queued", place: 0, by: "test", results: [] });
  await runJobs();
  const { body } = await send(`/${id}`);
  expect(DryRun.parse(body)).toEqual(body);
  expect(body).toMatchObject({
    status: "done",
    countries: ["PL"],
    days: 1,
    facts: {},
    results: [{ country: "PL", operation: "user", checks: 5, gained: 2, lost: 0 }],
  });
});

test("DRY-31 the same asked again while it is under way is the same run, and not once it has ended; a sixth has to wait", async () => {
  const first = await start(more(10));
  expect(await start(more(10))).toBe(first);
  const others = await Promise.all([11, 12, 13, 14].map((units) => start(more(units))));
  expect(new Set([first, ...others]).size).toBe(5);
  expect(answer(await send("", more(15)))).toEqual({ status: 409, code: "duplicate" });
  expect(await start(more(14))).toBe(others[3]);
  await runJobs();
  expect(await start(more(10))).not.toBe(first);
  await runJobs();
});

test("DRY-32 a cancelled run keeps what it found and is replayed no further; one that ended stays as it is", async () => {
  const cancel = (id: string) =>
    ask(api, { method: "POST", path: `/api/v1/dry-runs/${id}/cancel`, key: key.key });
  const id = await start(more(20));
  expect((await cancel(id)).status).toBe(204);
  await runJobs();
  expect((await send(`/${id}`)).body).toMatchObject({ status: "cancelled", results: [] });
  const done = await start(more(21));
  await runJobs();
  expect((await cancel(done)).status).toBe(204);
  expect((await send(`/${done}`)).body).toMatchObject({ status: "done" });
  expect(answer(await cancel(v7()))).toEqual({ status: 404, code: "not_found" });
});

test("DRY-33 the list goes through all of them a page at a time, newest first, without results", async () => {
  const stranger = await newKey(db, await newWorkspace(db));
  expect((await send("", undefined, stranger.key)).body).toEqual({ data: [], next_cursor: null });
  const all: unknown[] = [];
  let cursor = "";
  do {
    const { body } = await send(`?limit=3${cursor}`);
    const rows: unknown[] = Array.isArray(body?.data) ? body.data : [];
    expect(rows.map((row) => DryRunHead.parse(row))).toEqual(rows);
    all.push(...rows);
    cursor = typeof body?.next_cursor === "string" ? `&cursor=${body.next_cursor}` : "";
  } while (cursor !== "");
  const kept = await db.owner<{ id: string }[]>`
    select id from launch.dry_runs where workspace_id = ${workspace.id} order by id desc`;
  expect(all.map((row) => DryRunHead.parse(row).id)).toEqual(kept.map(({ id }) => id));
  expect(all.length).toBeGreaterThan(3);
});

test("DRY-34 a scorecard needs the scope that reads risk, threat rules the one that reads threats, and nothing is kept without", async () => {
  const { key: narrow } = await newKey(db, workspace, ["dryruns.run", "dryruns.read"]);
  const count = () => db.owner`select count(*)::int as n from launch.dry_runs`;
  const before = await count();
  const threats = [{ rule: "device_farm", threshold: 3, window_minutes: 60 }];
  const rules = [{ metric: "revenue", comparison: "below", threshold: 10, points: 1, trip: false }];
  const scorecard = { rules, minimum_active_users: 1, medium_from: 3, high_from: 5, critical_from: 7 };
  for (const proposal of [{ threats }, { scorecard }]) {
    const body = { proposal, days: 1 };
    expect(answer(await send("", body, narrow))).toEqual({ status: 403, code: "forbidden" });
  }
  expect(await count()).toEqual(before);
  for (const proposal of [{ threats }, { scorecard }]) await start({ proposal, days: 1 });
  await runJobs();
  const { body } = await send("?limit=1");
  const [newest] = Array.isArray(body?.data) ? body.data : [];
  const run = (await send(`/${DryRunHead.parse(newest).id}`)).body;
  expect(DryRun.parse(run)).toEqual(run);
  expect(run).toMatchObject({ facts: { risk: { was_alerts: 0 } } });
});
