import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";
import { type Api, ask, type Question, serveApi } from "./api.ts";
import { stateOf } from "./state.ts";

let db: TestDatabase;
let api: Api;
let workspace: Workspace;
let key: string;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  api = await serveApi();
  workspace = await newWorkspace(db);
  key = (await newKey(db, workspace)).key;
  await openCountry(db, workspace, "PL", { phase: "alpha", amount: { minor: 100_000, currency: "EUR" } });
  await openCountry(db, workspace, "CZ", { phase: "alpha" });
});
afterAll(async () => {
  await api.close();
  await db.close();
});

async function expectRefused(question: Question, status: number, code: string): Promise<void> {
  const before = await stateOf(db, workspace.id);
  const reply = await ask(api, { key, ...question });
  expect({ status: reply.status, code: reply.body?.code }).toEqual({ status, code });
  expect(await stateOf(db, workspace.id)).toBe(before);
}

const COUNTRY = "/api/v1/countries";

test.each<[string, Question, number, string]>([
  [
    "activating an open country",
    { path: `${COUNTRY}/CZ/activate`, body: { phase: "soft" } },
    409,
    "illegal_transition",
  ],
  [
    "resuming a country that is not paused",
    { path: `${COUNTRY}/CZ/resume`, body: {} },
    409,
    "illegal_transition",
  ],
  [
    "advancing backwards",
    { path: `${COUNTRY}/CZ/advance`, body: { phase: "alpha" } },
    409,
    "illegal_transition",
  ],
  [
    "skipping a phase without a reason",
    { path: `${COUNTRY}/CZ/advance`, body: { phase: "public" } },
    400,
    "reason_required",
  ],
  [
    "taking an open country off the list",
    { method: "DELETE", path: `${COUNTRY}/CZ` },
    409,
    "illegal_transition",
  ],
  ["pausing without a reason", { path: `${COUNTRY}/CZ/pause`, body: {} }, 400, "invalid_input"],
  [
    "pausing with a reason of spaces",
    { path: `${COUNTRY}/CZ/pause`, body: { reason: "  " } },
    400,
    "invalid_input",
  ],
  [
    "pausing with a NUL in the reason",
    { path: `${COUNTRY}/CZ/pause`, body: { reason: "a\u0000" } },
    400,
    "invalid_input",
  ],
  [
    "pausing a country nobody listed",
    { path: `${COUNTRY}/FR/pause`, body: { reason: "x" } },
    404,
    "not_found",
  ],
  [
    "pausing a lower-case country",
    { path: `${COUNTRY}/cz/pause`, body: { reason: "x" } },
    400,
    "invalid_input",
  ],
  ["pausing Greece as EL", { path: `${COUNTRY}/EL/pause`, body: { reason: "x" } }, 400, "invalid_input"],
  [
    "an outdated version",
    { path: `${COUNTRY}/CZ/advance`, body: { phase: "soft", expected_version: 1 } },
    409,
    "version_conflict",
  ],
  [
    "caps with an outdated version",
    { method: "PATCH", path: `${COUNTRY}/CZ/caps`, body: { caps: { user: 1 }, expected_version: 99 } },
    409,
    "version_conflict",
  ],
  [
    "a negative cap",
    { method: "PATCH", path: `${COUNTRY}/CZ/caps`, body: { caps: { user: -1 } } },
    400,
    "invalid_input",
  ],
  [
    "a cap beyond counting",
    { method: "PATCH", path: `${COUNTRY}/CZ/caps`, body: { caps: { user: 100_000_001 } } },
    400,
    "invalid_input",
  ],
  [
    "an unknown cap",
    { method: "PATCH", path: `${COUNTRY}/CZ/caps`, body: { caps: { logins: 1 } } },
    400,
    "invalid_input",
  ],
  [
    "a time zone that isn't",
    { method: "PUT", path: `${COUNTRY}/CZ/time-zone`, body: { time_zone: "Europe/Nowhere" } },
    400,
    "invalid_input",
  ],
  [
    "a time zone with a NUL",
    { method: "PUT", path: `${COUNTRY}/CZ/time-zone`, body: { time_zone: "UTC\u0000" } },
    400,
    "invalid_input",
  ],
  ["listing no country", { path: COUNTRY, body: { countries: [] } }, 400, "invalid_input"],
  [
    "listing a country that isn't",
    { path: COUNTRY, body: { countries: ["DE", "EL"] } },
    400,
    "invalid_input",
  ],
  ["the receipt of an id that isn't one", { path: "/api/v1/cap-checks/1" }, 400, "invalid_input"],
  ["an unknown receipt", { path: `/api/v1/cap-checks/${randomUUID()}` }, 404, "not_found"],
  [
    "committing an unknown check",
    { method: "POST", path: `/api/v1/cap-checks/${randomUUID()}/commit` },
    404,
    "not_found",
  ],
  [
    "releasing an unknown check",
    { method: "POST", path: `/api/v1/cap-checks/${randomUUID()}/release` },
    404,
    "not_found",
  ],
  ["the capacity of a country nobody listed", { path: `${COUNTRY}/FR/capacity` }, 404, "not_found"],
])("HTTP-05 %s is refused by its name and changes nothing", async (_, question, status, code) => {
  await expectRefused(question, status, code);
});
