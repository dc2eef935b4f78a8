import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { CampaignLink } from "#lib/links/schema.ts";
import { actuals, clickId, newCampaign } from "#tests/setup/campaigns.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, openCountry, type TestKey, type Workspace } from "#tests/setup/people.ts";
import { type Api, ask, serveApi } from "./api.ts";

let db: TestDatabase;
let api: Api;
let w: Workspace;
let key: TestKey;
let campaign: string;

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
  key = await newKey(db, w);
  await openCountry(db, w, "PL");
  campaign = await newCampaign(db, w);
});

const links = (body?: unknown, method?: string) =>
  ask(api, {
    path: `/api/v1/campaigns/${campaign}/links`,
    key: key.key,
    ...(body === undefined ? {} : { body }),
    ...(method === undefined ? {} : { method }),
  });
const report = (clicks: unknown[]) =>
  ask(api, { path: `/api/v1/campaigns/${campaign}/clicks`, key: key.key, body: { clicks } });

test("LINK-40 a link is made, listed and changed over REST, with the address to post", async () => {
  const made = await links({
    slug: "ania-summer",
    label: "Story",
    destination: "https://EXAMPLE.com/a b?x=ą",
    waiting_url: "https://example.com/wait",
  });
  expect(made.status).toBe(200);
  expect(CampaignLink.parse(made.body)).toMatchObject({
    slug: "ania-summer",
    url: "https://gantry.example.com/go/ania-summer",
    destination: "https://example.com/a%20b?x=%C4%85",
    active: true,
    clicks: 0,
    chargebacks: 0,
    revenues: {},
    charged_back: {},
  });
  const changed = await links(
    { slug: "ania-summer", active: false, waiting_url: null, expected_version: 1 },
    "PATCH",
  );
  expect(changed.body).toMatchObject({ active: false, waiting_url: null, version: 2, label: "Story" });
  expect((await links()).body).toEqual({ data: [changed.body], next_cursor: null });
  const stale = await links({ slug: "ania-summer", active: true, expected_version: 1 }, "PATCH");
  expect(stale.body).toMatchObject({ code: "version_conflict" });
  expect((await links({ slug: "nobodys", active: true }, "PATCH")).body).toMatchObject({ code: "not_found" });
  expect(
    (await links({ slug: "ania-summer", label: "B", destination: "https://example.com/" })).body,
  ).toMatchObject({
    code: "duplicate",
  });
});

test.each([
  "http://example.com",
  "https://u:p@example.com",
  "https://10.0.0.1/",
  "https://localhost/",
  "javascript:alert(1)",
  "nonsense",
])("LINK-41 %s is refused by name before the database is asked", async (destination) => {
  const { body } = await links({ label: "A", destination });
  expect(body).toMatchObject({ code: "invalid_input", errors: [{ path: "destination" }] });
});

test("LINK-42 reported clicks are known once by their ids; a wrong one is named and the others are kept", async () => {
  await links({ slug: "posted-here", label: "A", destination: "https://example.com/" });
  const now = Date.now();
  const id = clickId(now);
  const clicks = [
    {
      id,
      link: "posted-here",
      country: "PL",
      user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    },
    { id: clickId(now), user_agent: "curl/8.5.0" },
    { id: clickId(now), bot: true },
    { id: clickId(now), link: "nobodys" },
    { id: clickId(now + 3_600_000) },
    { id: clickId(now - 400 * 86_400_000) },
    { id, link: "posted-here" },
  ];
  const first = await report(clicks);
  expect(first.body).toMatchObject({
    accepted: 3,
    duplicates: 1,
    rejected: [
      { index: 3, errors: [{ path: "link" }] },
      { index: 4, errors: [{ path: "id" }] },
      { index: 5, errors: [{ path: "id" }] },
    ],
  });
  expect((await report(clicks.slice(0, 3))).body).toEqual({ accepted: 0, duplicates: 3, rejected: [] });
  expect(await actuals(db, campaign)).toMatchObject({ clicks: 1, bots: 2 });
  expect((await links()).body).toMatchObject({ data: [{ clicks: 1, bots: 0 }] });
});

test("LINK-43 a report has at most 1,000 clicks, each with an id of version 7", async () => {
  const many = Array.from({ length: 1000 }, () => ({ id: clickId(Date.now()) }));
  expect((await report(many)).body).toMatchObject({ accepted: 1000 });
  expect((await report([...many, { id: clickId(Date.now()) }])).body).toMatchObject({
    code: "invalid_input",
  });
  expect((await report([{ id: "0b3c8f0e-6b7e-4d5a-9c39-0a7c6f3e2d1b" }])).body).toMatchObject({
    code: "invalid_input",
  });
});
