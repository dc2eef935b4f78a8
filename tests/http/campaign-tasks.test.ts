import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, openCountry, type TestKey, type Workspace } from "#tests/setup/people.ts";
import { type Api, ask, type Reply, serveApi } from "./api.ts";

let db: TestDatabase;
let api: Api;
let key: TestKey;
let workspace: Workspace;
beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  api = await serveApi();
  await setClock(db, "2026-06-01T10:00:00.000Z");
  workspace = await newWorkspace(db);
  key = await newKey(db, workspace);
  await openCountry(db, workspace, "PL", { phase: "public", user: 100_000 });
});
afterAll(async () => {
  await api.close();
  await db.close();
});

const send = (method: string, path: string, body?: unknown) =>
  ask(api, { method, path: `/api/v1/campaigns${path}`, key: key.key, ...(body !== undefined && { body }) });
const answer = ({ status, body }: Reply) => ({ status, code: body?.code });

async function plan(slug: string, followers: number): Promise<string> {
  const made = await send("POST", "", {
    name: slug,
    slug,
    country: "PL",
    starts_at: "2026-06-10T18:00:00Z",
    ends_at: "2026-06-12T18:00:00Z",
    followers,
  });
  expect(made.status).toBe(200);
  return `/${String(made.body?.id)}`;
}

test("CAMP-30 over REST tasks are listed by due time, added, given an owner who is a member, done and undone; those of another campaign are not found", async () => {
  const large = await plan("large", 200_000);
  const small = await plan("small", 1000);
  expect((await send("GET", `${small}/tasks`)).body).toEqual({ data: [], next_cursor: null });
  const made = await send("GET", `${large}/tasks`);
  expect(made.body).toMatchObject({
    data: [
      { title: "Tell the technical team", due_at: "2026-06-08T18:00:00.000Z", owner_id: null, done_at: null },
      { title: "Prepare moderation", due_at: "2026-06-09T18:00:00.000Z" },
      { title: "Prepare support" },
      { title: "Scale what serves the traffic" },
    ],
  });

  const owner_id = workspace.owner.id;
  const added = await send("POST", `${small}/tasks`, { title: "Brief support", owner_id });
  expect(added.body).toMatchObject({
    title: "Brief support",
    due_at: "2026-06-10T18:00:00.000Z",
    owner_id,
    done_at: null,
  });
  const id = String(added.body?.id);
  const done = await send("PATCH", `${small}/tasks`, { id, done: true });
  expect(done.body).toMatchObject({ id, owner_id, done_at: "2026-06-01T10:00:00.000Z" });
  const undone = await send("PATCH", `${small}/tasks`, { id, done: false, due_at: "2026-06-05T08:00:00Z" });
  expect(undone.body).toMatchObject({ id, done_at: null, due_at: "2026-06-05T08:00:00.000Z" });

  const elsewhere = await send("PATCH", `${large}/tasks`, { id, done: true });
  expect(answer(elsewhere)).toEqual({ status: 404, code: "not_found" });
  const stranger = await send("POST", `${small}/tasks`, { title: "Nobody's", owner_id: v7() });
  expect(answer(stranger)).toEqual({ status: 404, code: "not_found" });
  const empty = await send("POST", `${small}/tasks`, { title: " " });
  expect(answer(empty)).toEqual({ status: 400, code: "invalid_input" });
  expect((await send("GET", `${small}/tasks`)).body?.data).toEqual([undone.body]);
  expect((await send("GET", `${large}/tasks`)).body).toEqual(made.body);
});

test("CAMP-31 over REST a draft of the version that was read is deleted, and nothing else", async () => {
  const draft = await plan("to-delete", 1000);
  await send("PATCH", draft, { name: "Renamed" });
  const stale = await send("DELETE", `${draft}?expected_version=1`);
  expect(answer(stale)).toEqual({ status: 409, code: "version_conflict" });
  expect((await send("DELETE", `${draft}?expected_version=2`)).status).toBe(204);
  expect(answer(await send("GET", draft))).toEqual({ status: 404, code: "not_found" });

  const scheduled = await plan("to-keep", 1000);
  expect((await send("POST", `${scheduled}/schedule`, {})).body).toMatchObject({ status: "scheduled" });
  const refused = await send("DELETE", scheduled);
  expect(answer(refused)).toEqual({ status: 409, code: "illegal_transition" });
  expect((await send("GET", scheduled)).body).toMatchObject({ slug: "to-keep", status: "scheduled" });
});
