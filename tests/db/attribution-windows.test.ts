import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { actuals, attribute, click, clickId, newCampaign, newLink } from "#tests/setup/campaigns.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { event, report } from "#tests/setup/event-rows.ts";
import { asPerson, newKey, newWorkspace, type TestKey, type Workspace } from "#tests/setup/people.ts";

const NOON = "2026-06-10T12:00:00.000Z";
const noon = Date.parse(NOON);
const DAY = 86_400_000;

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
const touched = (campaign: string, at: number, who: { subject?: string; device?: string }) =>
  event({ type: "campaign.touched", time: at, data: JSON.stringify({ campaign }), ...who });

test("LINK-50 a touch reported half a minute after what follows it counts, also where a run ended in between", async () => {
  const campaign = await newCampaign(db, w, { slug: "spring" });
  await report(db, key, [event({ type: "creator.registered", subject: "ada" })]);
  await clock(noon + 10_000);
  // The account's touch comes from its device, by a registration that is reported after it; the device's own later still.
  await report(db, key, [
    event({ type: "registration.completed", subject: "ada", device: "phone", time: noon - 1000 }),
  ]);
  await clock(noon + 30_000);
  await report(db, key, [touched("spring", noon - 2000, { device: "phone" })]);
  await clock(noon + 65_000);
  await attribute(db, "1 minute");
  expect(await actuals(db, campaign)).toMatchObject({ creators: 1, registrations: 0 });
  await clock(noon + 120_000);
  await attribute(db, "1 minute");
  expect(await actuals(db, campaign)).toMatchObject({ creators: 1, registrations: 1 });
});

test("LINK-51 each campaign's windows are its own: the last touch that its campaign's still covers has the event, to the millisecond", async () => {
  const short = await newCampaign(db, w, { slug: "short", windows: [1, 2] });
  const long = await newCampaign(db, w, { slug: "long", windows: [30, 90] });
  const buys = { type: "purchase.completed", subject: "ada", amountMinor: 100, currency: "EUR" };
  const started = noon - 29 * DAY;
  await setClock(db, new Date(started).toISOString());
  await report(db, key, [
    touched("long", started, { subject: "ada", device: "phone" }),
    touched("short", started + 1, { subject: "ada", device: "phone" }),
  ]);
  await attribute(db);
  await setClock(db, new Date(started + 89 * DAY).toISOString());
  const at = (days: number, more = 0) => started + 1 + days * DAY + more;
  await report(db, key, [event({ ...buys, time: at(88) }), event({ ...buys, time: at(89, -1) })]);
  await attribute(db);
  await clock(started + 91 * DAY);
  await report(db, key, [event({ ...buys, time: started + 90 * DAY }), event({ ...buys, time: at(90) })]);
  await attribute(db);
  expect(await actuals(db, long)).toMatchObject({ purchases: 3 });
  await setClock(db, NOON);
  const other = await newWorkspace(db);
  key = await newKey(db, other);
  const brief = await newCampaign(db, other, { slug: "brief", windows: [1, 2] });
  await report(db, key, [
    touched("brief", noon - 2 * DAY, { subject: "ada", device: "phone" }),
    event({ device: "phone", time: noon - DAY }),
    event({ device: "phone", time: noon - DAY + 1 }),
    event({ ...buys, time: noon }),
    event({ ...buys, time: noon + 1 }),
  ]);
  await attribute(db);
  expect(await actuals(db, brief)).toMatchObject({ installs: 1, purchases: 1 });
  expect(await actuals(db, short)).toMatchObject({ purchases: 0 });
});

test("LINK-52 a click is kept while attribution of the same quarter of an hour is under way", async () => {
  const campaign = await newCampaign(db, w);
  const link = await newLink(db, w, campaign);
  const id = clickId(noon - 1000);
  await click(db, [{ id, link: link.id }]);
  await report(db, key, [
    event({ device: "phone", time: noon - 900, data: JSON.stringify({ click_id: id }) }),
  ]);
  await db.owner.begin(async (sql) => {
    await sql`select launch.attribute_events('0')`;
    expect(await click(db, [{ id: clickId(noon - 500), link: link.id }])).toBe(1);
  });
  expect(await actuals(db, campaign)).toMatchObject({ clicks: 2, installs: 1 });
});

test("LINK-53 a template has no links and nothing is attributed to it", async () => {
  const make = (slug: string, template: boolean) =>
    asPerson(
      db,
      w.owner,
      (sql) => sql<{ id: string }[]>`
        select id from launch.create_campaign(${w.id}, 'Spring', ${slug}, 'PL', ${NOON}, ${new Date(noon + DAY).toISOString()}, p_template => ${template})`,
    );
  const [template] = await make("spring", true);
  const [campaign] = await make("summer", false);
  await expect(newLink(db, w, template?.id ?? "")).rejects.toMatchObject({ code: "GTTRN" });
  await report(db, key, [
    touched("spring", noon - 1000, { subject: "ada" }),
    touched("summer", noon - 2000, { subject: "ada" }),
    event({ type: "creator.registered", subject: "ada" }),
  ]);
  await attribute(db);
  expect(await actuals(db, template?.id ?? "")).toMatchObject({ creators: 0 });
  expect(await actuals(db, campaign?.id ?? "")).toMatchObject({ creators: 1 });
});

test("CAMP-14 windows are 1 to 30 and 1 to 90 days, 7 and 30 unless said otherwise; they change, are copied, and one out of bounds is named", async () => {
  const says = (work: Promise<{ text: string }[]>) =>
    work.then(
      ([row]) => row?.text,
      (error: { code: string; detail: string }) => `${error.code} ${JSON.parse(error.detail).field}`,
    );
  const made = await asPerson(
    db,
    w.owner,
    (sql) => sql<{ id: string; text: string }[]>`
      select id, install_window_days || ' ' || later_window_days as text
      from launch.create_campaign(${w.id}, 'Spring', 'spring', 'PL', ${NOON}, ${new Date(noon + DAY).toISOString()})`,
  );
  expect(made[0]?.text).toBe("7 30");
  const id = made[0]?.id ?? "";
  const change = (install: number | null, later: number | null) =>
    says(
      asPerson(
        db,
        w.owner,
        (sql) => sql<{ text: string }[]>`
          select install_window_days || ' ' || later_window_days as text
          from launch.change_campaign(${w.id}, ${id}, p_install_window_days => ${install}::int, p_later_window_days => ${later}::int)`,
      ),
    );
  expect(await change(30, 90)).toBe("30 90");
  expect(await change(1, null)).toBe("1 90");
  expect(await change(0, null)).toBe("GTINV install_window_days");
  expect(await change(31, null)).toBe("GTINV install_window_days");
  expect(await change(null, 91)).toBe("GTINV later_window_days");
  const copied = asPerson(
    db,
    w.owner,
    (sql) => sql<{ text: string }[]>`
      select install_window_days || ' ' || later_window_days as text from launch.duplicate_campaign(${w.id}, ${id}, 'Again', 'again', ${NOON})`,
  );
  expect(await says(copied)).toBe("1 90");
});
