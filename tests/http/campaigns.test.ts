import { afterAll, beforeAll, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, openCountry, type TestKey } from "#tests/setup/people.ts";
import { type Api, ask, serveApi } from "./api.ts";

let db: TestDatabase;
let api: Api;
let key: TestKey;
beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  api = await serveApi();
  await setClock(db, "2026-06-01T10:00:00.000Z");
  const workspace = await newWorkspace(db);
  key = await newKey(db, workspace);
  await openCountry(db, workspace, "PL", { phase: "public", user: 100 });
});
afterAll(async () => {
  await api.close();
  await db.close();
});

const send = (method: string, path: string, body?: unknown) =>
  ask(api, { method, path: `/api/v1/campaigns${path}`, key: key.key, ...(body !== undefined && { body }) });
const plan = {
  name: "Anna in June",
  slug: "anna-june",
  country: "PL",
  starts_at: "2026-06-03T08:00:00Z",
  ends_at: "2026-06-03T14:00:00Z",
  followers: 10_000,
  cost: { minor: 50_000, currency: "PLN" },
};

test("CAMP-20 over REST a campaign is planned from its followers, checked, changed to fit, scheduled, and listed", async () => {
  const made = await send("POST", "", plan);
  expect(made.status).toBe(200);
  expect(made.body).toMatchObject({
    status: "draft",
    traffic_forecast: 1000,
    expected_installs: 200,
    creator_inflow: 10,
    cost: { minor: 50_000, currency: "PLN" },
    install_window_days: 7,
    later_window_days: 30,
  });
  const id = `/${String(made.body?.id)}`;
  const check = await send("GET", `${id}/capacity-check`);
  expect(check.body).toMatchObject({ verdict: "conflict", overrun: [{ expected: 200, room: 100 }] });
  const refused = await send("POST", `${id}/schedule`, {});
  expect({ status: refused.status, code: refused.body?.code }).toEqual({
    status: 400,
    code: "reason_required",
  });
  expect(
    (await send("PATCH", id, { expected_installs: 100, cost: null, later_window_days: 60 })).body,
  ).toMatchObject({
    expected_installs: 100,
    cost: null,
    later_window_days: 60,
  });
  expect((await send("POST", `${id}/schedule`, {})).body).toMatchObject({ status: "scheduled" });
  const copy = await send("POST", `${id}/duplicate`, {
    name: "Again",
    slug: "again",
    starts_at: "2026-07-01T08:00:00Z",
  });
  expect(copy.body).toMatchObject({ status: "draft", ends_at: "2026-07-01T14:00:00.000Z" });
  const first = await send("GET", "?limit=1");
  expect(first.body).toMatchObject({ data: [{ slug: "again" }] });
  const next = await send("GET", `?limit=1&cursor=${String(first.body?.next_cursor)}`);
  expect(next.body).toMatchObject({ data: [{ slug: "anna-june" }], next_cursor: null });
  expect((await send("GET", "?status=scheduled")).body).toMatchObject({ data: [{ slug: "anna-june" }] });
});

test("CAMP-21 bad input is named and changes nothing: a slug twice, an end before the start, a country that isn't, numbers below none", async () => {
  const twice = await send("POST", "", plan);
  expect({ status: twice.status, code: twice.body?.code }).toEqual({ status: 409, code: "duplicate" });
  const bad: Record<string, object> = {
    slug: { slug: "Not A Slug" },
    country: { country: "pl" },
    followers: { followers: -1 },
    starts_at: { starts_at: "tomorrow" },
    ends_at: { ends_at: plan.starts_at },
    cost: { cost: { minor: 1.5, currency: "PLN" } },
    install_window_days: { install_window_days: 31 },
    later_window_days: { later_window_days: 0 },
    unknown: { unknown: true },
  };
  for (const [name, part] of Object.entries(bad)) {
    const reply = await send("POST", "", { ...plan, slug: "another", ...part });
    expect({ name, status: reply.status, code: reply.body?.code }).toEqual({
      name,
      status: 400,
      code: "invalid_input",
    });
  }
  expect((await send("GET", "")).body?.data).toHaveLength(2);
});
