import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { askEvents } from "#lib/signals/ask-events.ts";
import { Random } from "#simulate/random.ts";
import {
  type Actuals,
  actuals,
  attribute,
  click,
  clickId,
  newCampaign,
  newLink,
} from "#tests/setup/campaigns.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { event, report } from "#tests/setup/event-rows.ts";
import { asPerson, newKey, newWorkspace, type TestKey, type Workspace } from "#tests/setup/people.ts";
import { type Batch, makeLog } from "./attribution-log.ts";
import { truth, type Windows } from "./attribution-truth.ts";

const DAY = 86_400_000;
const NOON = "2026-06-10T12:00:00.000Z";
const noon = Date.parse(NOON);
const NOTHING: Actuals = {
  clicks: 0,
  bots: 0,
  visitors: 0,
  waiting: 0,
  installs: 0,
  registrations: 0,
  creators: 0,
  purchases: 0,
  chargebacks: 0,
  revenues: {},
  charged_back: {},
};

let db: TestDatabase;
let w: Workspace;
let key: TestKey;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  w = await newWorkspace(db);
  key = await newKey(db, w);
});

const clock = (at: number) => db.owner`update test.clock set at = ${new Date(at).toISOString()}::timestamptz`;

/** Reports a log at its own instants, attributing at random moments in between and to the end. */
async function play(log: Batch[], random: Random): Promise<void> {
  let partitioned = 0;
  for (const batch of log) {
    if (batch.at > partitioned + 10 * DAY) {
      await setClock(db, new Date(batch.at).toISOString());
      partitioned = batch.at;
    } else await clock(batch.at);
    if (random.chance(0.3)) await attribute(db, "1 minute");
    await click(db, batch.clicks);
    await askEvents(db.service, [{ keyHash: key.hash, rows: batch.events }]);
  }
  await clock((log.at(-1)?.at ?? 0) + 2 * 60_000);
  for (;;) {
    await attribute(db, "1 minute");
    const [left] = await db.owner`select from private.unjudged_hours where workspace_id = ${w.id}`;
    if (left === undefined) return;
  }
}

test("LINK-10 on a generated log every step belongs to the campaign that the rules alone name, and counts once", async () => {
  const seed = Number(process.env.GANTRY_SEED ?? Date.now() % 2 ** 31);
  const from = Date.parse("2026-03-01T00:00:00Z");
  await setClock(db, new Date(from).toISOString());
  const links = [];
  const windows = new Map<string, Windows>();
  for (const window of [
    [7, 30],
    [3, 20],
    [30, 90],
  ] as Windows[]) {
    const campaign = await newCampaign(db, w, { windows: window });
    windows.set(campaign, window);
    links.push(await newLink(db, w, campaign), await newLink(db, w, campaign));
  }
  const log = makeLog(seed, from, links);
  const expected = truth(log, links, windows);
  await play(log, new Random(seed + 1));
  const rows = await db.owner<{ event_id: string; campaign_id: string }[]>`
    select event_id, campaign_id from launch.attributions where workspace_id = ${w.id}`;
  expect(new Map(rows.map((row) => [row.event_id, row.campaign_id])), `seed ${seed}`).toEqual(expected.steps);
  expect(expected.steps.size, `seed ${seed}`).toBeGreaterThan(20);
  for (const [campaign, sums] of expected.campaigns)
    expect(await actuals(db, campaign), `seed ${seed}`).toEqual(sums);
}, 600_000);

test("LINK-11 a click becomes an install by its id, the device an account, and the account's purchases the campaign's", async () => {
  const campaign = await newCampaign(db, w);
  const link = await newLink(db, w, campaign);
  const id = clickId(noon - 60_000);
  await click(db, [
    { id, link: link.id },
    { id: clickId(noon - 50_000), link: link.id },
  ]);
  await report(db, key, [
    event({ device: "phone", data: JSON.stringify({ click_id: id }) }),
    event({ type: "registration.completed", subject: "ada", device: "phone" }),
    event({ type: "creator.registered", subject: "ada" }),
    event({ type: "purchase.completed", subject: "ada", amountMinor: 500, currency: "PLN" }),
    event({ type: "purchase.completed", subject: "ada", amountMinor: 300, currency: "PLN" }),
    event({ type: "purchase.completed", subject: "bob", amountMinor: 900, currency: "PLN" }),
  ]);
  expect(await attribute(db)).toBe(5);
  expect(await actuals(db, campaign)).toEqual({
    ...NOTHING,
    clicks: 2,
    visitors: 2,
    installs: 1,
    registrations: 1,
    creators: 1,
    purchases: 2,
    revenues: { PLN: 800 },
  });
});

test("LINK-12 the last touch before an event has it, whichever campaign's it is, and a touch after it has nothing", async () => {
  const [first, second] = [
    await newCampaign(db, w, { slug: "first" }),
    await newCampaign(db, w, { slug: "second" }),
  ];
  const touch = (campaign: string, at: number) =>
    event({ type: "campaign.touched", time: at, subject: "ada", data: JSON.stringify({ campaign }) });
  const buy = (at: number) =>
    event({ type: "purchase.completed", time: at, subject: "ada", amountMinor: 100, currency: "EUR" });
  await report(db, key, [
    buy(noon - 40_000),
    touch("first", noon - 30_000),
    buy(noon - 20_000),
    touch("second", noon - 10_000),
    buy(noon - 10_000),
    buy(noon),
  ]);
  await attribute(db);
  expect(await actuals(db, first)).toMatchObject({ purchases: 1 });
  expect(await actuals(db, second)).toMatchObject({ purchases: 2 });
});

test("LINK-13 attribution reads nothing when nothing was reported, and what is reported meanwhile waits for the next run", async () => {
  const campaign = await newCampaign(db, w, { slug: "spring" });
  const touched = event({ type: "campaign.touched", subject: "ada", data: '{"campaign": "spring"}' });
  const buy = () => event({ type: "purchase.completed", subject: "ada", amountMinor: 100, currency: "EUR" });
  await report(db, key, [touched, buy()]);
  expect(await attribute(db, "1 minute")).toBe(0);
  expect(await attribute(db)).toBe(1);
  expect(await attribute(db)).toBe(0);
  expect(await db.owner`select from private.unjudged_hours where workspace_id = ${w.id}`).toHaveLength(0);
  await clock(noon + 1000);
  const held = db.owner.begin(async (sql) => {
    await sql`select launch.attribute_events('0')`;
    await clock(noon + 2000);
    await report(db, key, [buy()]);
  });
  await held;
  expect(await attribute(db)).toBe(1);
  expect(await actuals(db, campaign)).toMatchObject({ purchases: 2, revenues: { EUR: 200 } });
});

test("LINK-14 with launch.prCoordinator off nothing is attributed, and once it is on all that waited is", async () => {
  const campaign = await newCampaign(db, w, { slug: "spring" });
  const flag = (on: boolean) =>
    asPerson(db, w.owner, (sql) => sql`select app.set_flag(${w.id}, 'launch.prCoordinator', ${on}, 'drill')`);
  await flag(false);
  await report(db, key, [
    event({ type: "campaign.touched", subject: "ada", data: '{"campaign": "spring"}' }),
    event({ type: "registration.completed", subject: "ada" }),
  ]);
  expect(await attribute(db)).toBe(0);
  await flag(true);
  expect(await attribute(db)).toBe(1);
  expect(await actuals(db, campaign)).toMatchObject({ registrations: 1 });
});

test("LINK-15 another workspace's clicks and links attribute nothing here", async () => {
  const other = await newWorkspace(db);
  const theirs = await newCampaign(db, other, { slug: "theirs" });
  const link = await newLink(db, other, theirs);
  const mine = await newCampaign(db, w);
  const id = clickId(noon - 1000);
  await click(db, [{ id, link: link.id }]);
  await report(db, key, [
    event({ device: "phone", data: JSON.stringify({ click_id: id }) }),
    event({
      type: "campaign.touched",
      subject: "ada",
      data: JSON.stringify({ campaign: "theirs", link: link.slug }),
    }),
    event({ type: "campaign.touched", subject: "ada", data: JSON.stringify({ campaign: theirs }) }),
    event({ type: "registration.completed", subject: "ada" }),
  ]);
  expect(await attribute(db)).toBe(0);
  expect(await actuals(db, mine)).toEqual(NOTHING);
  expect(await actuals(db, theirs)).toEqual({ ...NOTHING, clicks: 1, visitors: 1 });
});

test("LINK-16 a campaign's days are its country's, and the sums of its days are its sums", async () => {
  const campaign = await newCampaign(db, w, { country: "IN" });
  const link = await newLink(db, w, campaign);
  // 18:30 UTC is midnight in India.
  const eve = Date.parse("2026-06-09T18:29:59.999Z");
  await click(db, [
    { id: clickId(eve), link: link.id },
    { id: clickId(eve + 1), link: link.id, visitor: "the same" },
    { id: clickId(eve + 2), link: link.id, visitor: "the same" },
    { id: clickId(eve + 3), link: link.id, bot: "user_agent" },
    { id: clickId(eve + 4), link: link.id, door: "waiting" },
  ]);
  const days =
    await db.owner`select day_on::text, clicks, visitors, waiting, bots from launch.campaign_days where campaign_id = ${campaign} order by 1`;
  expect(days).toEqual([
    { day_on: "2026-06-09", clicks: 1, visitors: 1, waiting: 0, bots: 0 },
    { day_on: "2026-06-10", clicks: 3, visitors: 2, waiting: 1, bots: 1 },
  ]);
  expect(await actuals(db, campaign)).toMatchObject({ clicks: 4, visitors: 3, waiting: 1, bots: 1 });
});
