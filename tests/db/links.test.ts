import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { actuals, click, clickId, newCampaign, newLink } from "#tests/setup/campaigns.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";

const NOON = "2026-06-10T12:00:00.000Z";
const noon = Date.parse(NOON);

let db: TestDatabase;
let w: Workspace;
let campaign: string;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  w = await newWorkspace(db);
  await openCountry(db, w, "PL", { user: 2 });
  campaign = await newCampaign(db, w);
});

const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "nothing",
    (error: { code?: string }) => error.code ?? "unknown",
  );
const change = (
  slug: string,
  fields: { destination?: string; active?: boolean; version?: number; waiting?: string },
) =>
  asPerson(
    db,
    w.owner,
    (sql) => sql<
      { version: number; waiting_url: string | null }[]
    >`select version, waiting_url from launch.change_campaign_link(${w.id}, ${campaign}, ${slug}, null,
      ${fields.destination ?? null}::text, ${fields.waiting ?? null}::text, ${fields.active ?? null}::boolean, ${fields.version ?? null}::int)`,
  );
const doorOf = async (slug: string) => {
  const [row] = await db.service<
    { door: string; opens_at: Date | null }[]
  >`select door, opens_at from launch.find_links(${[slug]}::text[])`;
  return row;
};

test("LINK-01 a drawn slug is new and unguessable, a chosen one is taken once in all workspaces", async () => {
  const slugs = new Set<string>();
  for (let n = 0; n < 40; n += 1) {
    const { slug } = await newLink(db, w, campaign);
    expect(slug).toMatch(/^[a-km-np-z2-9]{10}$/);
    slugs.add(slug);
  }
  expect(slugs.size).toBe(40);
  await newLink(db, w, campaign, { slug: "ania-summer" });
  const other = await newWorkspace(db);
  const theirs = await newCampaign(db, other);
  expect(await failure(newLink(db, other, theirs, { slug: "ania-summer" }))).toBe("GTDUP");
  for (const bad of ["ab", "-abc", "abc-", "a--b", "Abc", "a b", "a/b", "ä12"])
    expect(await failure(newLink(db, w, campaign, { slug: bad })), bad).toBe("GTINV");
});

test.each([
  "http://example.com/",
  "//example.com/",
  "javascript:alert(1)",
  "data:text/html,x",
  "https://user@example.com/",
  "https://example.com@evil.example/",
  "https://localhost/",
  "https://192.0.2.7/",
  "https://[2001:db8::1]/",
  "https://example.com/\r\nset-cookie: a=b",
  "https://example.com/ x",
  'https://example.com/"><script>',
  "https://example.com\\@evil.example/",
  "https://example..com/",
  `https://example.com/${"a".repeat(2000)}`,
])("LINK-02 a link leads to no such address: %j", async (destination) => {
  expect(await failure(newLink(db, w, campaign, { destination }))).toBe("GTINV");
  expect(await failure(newLink(db, w, campaign, { waiting: destination }))).toBe("GTINV");
  const { slug } = await newLink(db, w, campaign);
  expect(await failure(change(slug, { destination }))).toBe("GTINV");
  expect(
    await failure(
      db.owner`update launch.campaign_links set destination = ${destination} where slug = ${slug}`,
    ),
  ).toBe("23514");
});

test("LINK-03 a change is audited and makes a version; of two who change one the second is told, and the same again changes nothing", async () => {
  const { slug } = await newLink(db, w, campaign, { waiting: "https://example.com/wait" });
  expect(await change(slug, { active: false, version: 1 })).toMatchObject([{ version: 2 }]);
  expect(await failure(change(slug, { active: true, version: 1 }))).toBe("GTVER");
  expect(await change(slug, { active: false })).toMatchObject([{ version: 2 }]);
  expect(await change(slug, { waiting: "" })).toMatchObject([{ version: 3, waiting_url: null }]);
  const entries = await db.owner`select action, details ->> 'slug' as slug from app.audit_entries
    where workspace_id = ${w.id} and resource_type = 'campaign_link' order by sequence`;
  expect(entries.map(({ action }) => action)).toEqual([
    "campaign_link.created",
    "campaign_link.changed",
    "campaign_link.changed",
  ]);
  expect(entries.every((entry) => entry.slug === slug)).toBe(true);
});

test("LINK-04 marketing makes links; safety and viewers don't, and nobody in another workspace's campaign", async () => {
  const make = async (role: "marketing" | "safety" | "viewer") => {
    const person = await join(db, w, role);
    return failure(
      asPerson(
        db,
        person,
        (sql) =>
          sql`select launch.create_campaign_link(${w.id}, ${campaign}, null, 'A', 'https://example.com/')`,
      ),
    );
  };
  expect([await make("marketing"), await make("safety"), await make("viewer")]).toEqual([
    "nothing",
    "GTROL",
    "GTROL",
  ]);
  const other = await newWorkspace(db);
  expect(await failure(newLink(db, other, campaign))).toBe("GTNIL");
  await db.owner`update launch.campaigns set status = 'cancelled' where id = ${campaign}`;
  expect(await failure(newLink(db, w, campaign))).toBe("GTTRN");
});

test("LINK-05 a link is found while it is active and its campaign not cancelled, and says whether its country lets people in", async () => {
  const { slug } = await newLink(db, w, campaign);
  expect(await doorOf(slug)).toEqual({ door: "open", opens_at: null });
  const act = (statement: string) => asPerson(db, w.owner, (sql) => sql.unsafe(`select ${statement}`));
  await db.owner`update launch.counters set used = 2 where workspace_id = ${w.id} and operation = 'user'`;
  // Midnight in Warsaw.
  expect(await doorOf(slug)).toEqual({ door: "cap_reached", opens_at: new Date("2026-06-10T22:00:00Z") });
  await act(`launch.override_throttle('${w.id}', 2, '2026-06-10T13:00:00Z', 'drill')`);
  expect(await doorOf(slug)).toEqual({ door: "throttled", opens_at: new Date("2026-06-10T13:00:00Z") });
  await act(`app.set_flag('${w.id}', 'launch.countryCaps', false, 'drill')`);
  expect(await doorOf(slug)).toEqual({ door: "open", opens_at: null });
  await act(`launch.pause_country('${w.id}', 'PL', 'drill')`);
  expect(await doorOf(slug)).toEqual({ door: "paused", opens_at: null });
  await act(`app.set_flag('${w.id}', 'launch.enabled', false, 'drill')`);
  expect(await doorOf(slug)).toEqual({ door: "open", opens_at: null });
  await change(slug, { active: false });
  expect(await doorOf(slug)).toBeUndefined();
  await change(slug, { active: true });
  await db.owner`update launch.campaigns set status = 'cancelled' where id = ${campaign}`;
  expect(await doorOf(slug)).toBeUndefined();
});

test("LINK-06 a click is kept once however often it is written, and of whoever made it only a hash that can't be undone after two days", async () => {
  const link = await newLink(db, w, campaign);
  const one = { id: clickId(noon), link: link.id, visitor: "192.0.2.7 Firefox" };
  const twin = { id: clickId(noon), link: link.id, visitor: "192.0.2.7 Firefox" };
  expect(await click(db, [one, one, twin])).toBe(2);
  expect(await click(db, [one])).toBe(0);
  expect(await actuals(db, campaign)).toMatchObject({ clicks: 2, visitors: 1 });
  const rows = await db.owner<
    { all: string }[]
  >`select c::text as all from launch.clicks c where workspace_id = ${w.id}`;
  expect(rows.map((row) => row.all).join()).not.toMatch(/192\.0\.2\.7|Firefox/);
  await setClock(db, "2026-06-12T00:00:00Z");
  await db.owner`select launch.attribute_events()`;
  expect(await db.owner`select from private.click_salts where day_on = '2026-06-10'`).toHaveLength(0);
});

test("LINK-07 clicks written by several processes at once are each counted once", async () => {
  const link = await newLink(db, w, campaign);
  const batches = Array.from({ length: 12 }, () =>
    Array.from({ length: 25 }, () => ({ id: clickId(noon), link: link.id })),
  );
  const kept = await Promise.all([...batches, ...batches].map((batch) => click(db, batch)));
  expect(kept.reduce((sum, n) => sum + n)).toBe(300);
  expect(await actuals(db, campaign)).toMatchObject({ clicks: 300, visitors: 300 });
});

test("LINK-08 a click of a day that is not kept, or of tomorrow, is dropped and the others of its batch are kept", async () => {
  const link = await newLink(db, w, campaign);
  const at = (ms: number) => ({ id: clickId(noon + ms), link: link.id });
  expect(await click(db, [at(-400 * 86_400_000), at(0), at(86_400_000)])).toBe(1);
});
