import { afterAll, beforeAll, expect, test } from "vitest";
import { Schedule } from "#lib/reports/schedule-schema.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, type TestKey, type Workspace } from "#tests/setup/people.ts";
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
  await setClock(db, "2027-01-10T12:00:00Z");
  workspace = await newWorkspace(db);
  key = await newKey(db, workspace);
});
afterAll(async () => {
  await api.close();
  await db.close();
});

const send = (method: string, path: string, body?: unknown, by = key.key) =>
  ask(api, { method, path: `/api/v1/report-schedules${path}`, key: by, ...(body !== undefined && { body }) });
const answer = ({ status, body }: Reply) => ({ status, code: body?.code });
const PLAN = {
  name: "Investors",
  day_of_month: 3,
  hour: 9,
  time_zone: "Europe/Warsaw",
  recipients: ["Investor@example.com"],
};

test("REP-30 over REST a schedule is made, read, listed, changed in part, switched off and deleted, each answer as documented", async () => {
  const made = await send("POST", "", PLAN);
  expect(made.status).toBe(200);
  const schedule = Schedule.parse(made.body);
  expect(schedule).toEqual(made.body);
  expect(schedule).toMatchObject({
    ...PLAN,
    enabled: true,
    due_at: "2027-02-03T08:00:00.000Z",
    version: 1,
    recipients: [{ email: "investor@example.com", kind: "unconfirmed", left_at: null, state: null }],
  });
  const path = `/${schedule.id}`;
  expect((await send("GET", path)).body).toEqual(made.body);
  expect((await send("GET", "")).body).toEqual({ data: [made.body], next_cursor: null });

  const moved = await send("PATCH", path, { hour: 10, expected_version: 1 });
  expect(moved.body).toEqual({ ...schedule, hour: 10, due_at: "2027-02-03T09:00:00.000Z", version: 2 });
  const off = await send("PATCH", path, { enabled: false });
  expect(off.body).toMatchObject({ enabled: false, hour: 10, recipients: schedule.recipients, version: 3 });
  await setClock(db, "2027-02-03T09:00:00Z");
  expect(await db.service`select launch.send_due_reports() as sent`).toEqual([{ sent: 0 }]);
  expect((await send("PATCH", path, { enabled: true })).body).toMatchObject({
    enabled: true,
    due_at: "2027-03-03T09:00:00.000Z",
  });

  expect(answer(await send("DELETE", `${path}?expected_version=1`))).toEqual({
    status: 409,
    code: "version_conflict",
  });
  expect((await send("DELETE", `${path}?expected_version=4`)).status).toBe(204);
  expect(answer(await send("GET", path))).toEqual({ status: 404, code: "not_found" });
  const written = await db.owner<{ action: string; actor_kind: string }[]>`
    select action, actor_kind from app.audit_entries where workspace_id = ${workspace.id} and resource_type = 'report_schedule' order by sequence`;
  const by = { actor_kind: "api_key" };
  expect(written).toEqual([
    { action: "report_schedule.created", ...by },
    { action: "report_schedule.changed", ...by },
    { action: "report_schedule.changed", ...by },
    { action: "report_schedule.changed", ...by },
    { action: "report_schedule.deleted", ...by },
  ]);
});

test("REP-31 a name is taken once whatever its case, so that what is asked again makes no second schedule", async () => {
  const first = await send("POST", "", { ...PLAN, name: "Board" });
  const again = await send("POST", "", { ...PLAN, name: " board " });
  expect(answer(again)).toEqual({ status: 409, code: "duplicate" });
  const both = await Promise.all([
    send("POST", "", { ...PLAN, name: "Raced" }),
    send("POST", "", { ...PLAN, name: "Raced" }),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const renamed = await send("PATCH", `/${String(first.body?.id)}`, { name: "Raced" });
  expect(answer(renamed)).toEqual({ status: 409, code: "duplicate" });
  expect((await send("PATCH", `/${String(first.body?.id)}`, { name: "BOARD" })).status).toBe(200);
});

test("REP-32 a key that reads reports schedules none, and a wrong plan is refused with its field", async () => {
  const { key: reader } = await newKey(db, workspace, ["reports.read"]);
  expect(answer(await send("POST", "", { ...PLAN, name: "Mine" }, reader))).toEqual({
    status: 403,
    code: "forbidden",
  });
  const { key: manager } = await newKey(db, workspace, ["reports.manage"]);
  expect((await send("POST", "", { ...PLAN, name: "Managed" }, manager)).status).toBe(200);
  for (const [field, value] of [
    ["day_of_month", 29],
    ["hour", 24],
    ["time_zone", "Mars/Base"],
    ["recipients", []],
    ["recipients", ["nobody"]],
  ] as const) {
    const refused = await send("POST", "", { ...PLAN, name: "Wrong", [field]: value });
    expect(answer(refused)).toEqual({ status: 400, code: "invalid_input" });
    expect(JSON.stringify(refused.body?.errors)).toContain(field);
  }
});
