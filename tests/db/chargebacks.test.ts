import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { EventRow } from "#lib/signals/parse-event.ts";
import { actuals, attribute, newCampaign } from "#tests/setup/campaigns.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { event, report } from "#tests/setup/event-rows.ts";
import { newKey, newWorkspace, type TestKey, type Workspace } from "#tests/setup/people.ts";

const NOON = "2026-06-10T12:00:00.000Z";
const noon = Date.parse(NOON);
const DAY = 86_400_000;

let db: TestDatabase;
let w: Workspace;
let key: TestKey;
let campaign: string;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  w = await newWorkspace(db);
  key = await newKey(db, w);
  campaign = await newCampaign(db, w, { slug: "spring" });
});

const touch = event({
  type: "campaign.touched",
  time: noon - 60_000,
  subject: "ada",
  data: '{"campaign": "spring"}',
});
const buy = (minor: number, over: Partial<EventRow> = {}) =>
  event({ type: "purchase.completed", subject: "ada", amountMinor: minor, currency: "EUR", ...over });
const back = (minor: number, purchase: EventRow | null, over: Partial<EventRow> = {}) =>
  event({
    type: "purchase.charged_back",
    amountMinor: minor,
    currency: "EUR",
    data: purchase === null ? null : JSON.stringify({ purchase: purchase.id }),
    ...over,
  });
async function told(...rows: EventRow[]) {
  await report(db, key, [{ ...touch, id: `${touch.id} ${w.id}` }, ...rows]);
  await attribute(db);
  const { purchases, chargebacks, revenues, charged_back } = await actuals(db, campaign);
  return { purchases, chargebacks, revenues, charged_back };
}

test("LINK-17 a chargeback is taken off its purchase's campaign: told twice once, parts up to what was paid, in another currency all that is left", async () => {
  const [whole, parts, foreign] = [buy(500), buy(1000), buy(300)];
  expect(
    await told(
      whole,
      parts,
      foreign,
      back(500, whole),
      back(500, whole),
      back(400, parts),
      back(400, parts),
      back(400, parts),
      back(1300, foreign, { currency: "PLN" }),
      back(100, buy(100)),
    ),
  ).toEqual({ purchases: 3, chargebacks: 5, revenues: { EUR: 0 }, charged_back: { EUR: 1800 } });
});

test("LINK-18 one that names no purchase takes back the account's latest of that amount, each purchase once, and nobody else's", async () => {
  const bought = [buy(500, { time: noon - 2000 }), buy(500, { time: noon - 1000 }), buy(700)];
  const mine = { subject: "ada" };
  expect(
    await told(
      ...bought,
      back(500, null, mine),
      back(500, null, mine),
      back(500, null, mine),
      back(600, null, mine),
      back(700, null, { subject: "bob" }),
      back(700, null, { ...mine, currency: "PLN" }),
      back(700, null, { ...mine, time: noon - 30_000 }),
    ),
  ).toEqual({ purchases: 3, chargebacks: 2, revenues: { EUR: 700 }, charged_back: { EUR: 1000 } });
  expect(await db.owner`select from private.chargebacks where workspace_id = ${w.id}`).toHaveLength(2);
});

test("LINK-19 a chargeback reported before its purchase waits for it, and one that comes months later is taken off still", async () => {
  const [early, late] = [buy(500), buy(900)];
  await told(back(200, early), late);
  expect(await actuals(db, campaign)).toMatchObject({ chargebacks: 0, revenues: { EUR: 900 } });
  await setClock(db, new Date(noon + 60_000).toISOString());
  await report(db, key, [early]);
  await attribute(db);
  expect(await actuals(db, campaign)).toMatchObject({ chargebacks: 1, revenues: { EUR: 1200 } });
  await setClock(db, new Date(noon + 200 * DAY).toISOString());
  await report(db, key, [back(900, late, { time: noon + 200 * DAY - 5000 })]);
  await attribute(db);
  expect(await actuals(db, campaign)).toMatchObject({ chargebacks: 2, revenues: { EUR: 300 } });
  const days = await db.owner`select day_on::text, chargebacks from launch.campaign_days
    where campaign_id = ${campaign} and chargebacks > 0 order by 1`;
  expect(days).toEqual([
    { day_on: "2026-06-10", chargebacks: 1 },
    { day_on: "2026-12-27", chargebacks: 1 },
  ]);
});

test("LINK-15 another workspace's purchase of the same name is not taken back", async () => {
  const other = await newWorkspace(db);
  const theirs = await newCampaign(db, other, { slug: "spring" });
  const bought = buy(500);
  await report(db, await newKey(db, other), [{ ...touch, id: "theirs" }, bought]);
  await attribute(db);
  await told(back(500, bought), back(500, null, { subject: "ada" }));
  expect(await actuals(db, theirs)).toMatchObject({ chargebacks: 0, revenues: { EUR: 500 } });
});
