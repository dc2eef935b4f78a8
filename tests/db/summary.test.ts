import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newCampaign } from "#tests/setup/campaigns.ts";
import { newChannel } from "#tests/setup/channels.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";

let db: TestDatabase;
let w: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, "2027-03-10T12:00:00Z");
  w = await newWorkspace(db);
  await newChannel(db, w, { kind: "email", messageTypes: ["summary.daily"] });
});

type Wish = { enabled?: boolean; hour?: number; zone?: string; version?: number };

const set = ({ enabled = true, hour = 8, zone = "UTC", version = 0 }: Wish = {}, person = w.owner) =>
  asPerson(
    db,
    person,
    (tx) => tx`select launch.set_daily_summary(${w.id}, ${enabled}, ${hour}, ${zone}, ${version})`,
  );

async function tick(at: string): Promise<void> {
  await setClock(db, at);
  await db.service`select launch.send_due_summaries()`;
}

const days = async () =>
  (
    await db.owner<
      { day: string }[]
    >`select m.data ->> 'day' as day from app.messages m join app.deliveries d on d.message_id = m.id
      where m.workspace_id = ${w.id} order by d.id`
  ).map(({ day }) => day);

test("SUM-01 each day goes out once, at its local hour, over both changes of the clock", async () => {
  await setClock(db, "2027-03-26T12:00:00Z");
  await set({ hour: 2, zone: "Europe/Warsaw" });
  // On 28 March 2027 the clock goes from 02:00 to 03:00: that is when 02:00 is.
  for (const at of ["2027-03-27T00:59:00Z", "2027-03-27T01:00:00Z", "2027-03-27T01:01:00Z"]) await tick(at);
  for (const at of ["2027-03-28T00:59:00Z", "2027-03-28T01:00:00Z", "2027-03-28T02:00:00Z"]) await tick(at);
  for (const at of ["2027-03-28T23:59:00Z", "2027-03-29T00:00:00Z", "2027-03-29T01:00:00Z"]) await tick(at);
  expect(await days()).toEqual(["2027-03-26", "2027-03-27", "2027-03-28"]);
  const nextAt = async (after: string) =>
    (
      await db.owner<{ at: Date }[]>`select private.next_summary_at(2, 'Europe/Warsaw', ${after}) as at`
    )[0]?.at.toISOString();
  // On 31 October 2027 02:00 comes twice: the second time counts.
  expect(await nextAt("2027-10-30T12:00:00Z")).toBe("2027-10-31T01:00:00.000Z");
  expect(await nextAt("2027-10-31T00:30:00Z")).toBe("2027-10-31T01:00:00.000Z");
  expect(await nextAt("2027-10-31T01:00:00Z")).toBe("2027-11-01T01:00:00.000Z");
}, 60_000);

test("SUM-02 after an outage the newest day alone is sent, once; a changed hour sends no day twice", async () => {
  await set();
  await tick("2027-03-11T08:00:00Z");
  await tick("2027-03-15T21:00:00Z");
  await tick("2027-03-15T21:01:00Z");
  await set({ hour: 22, version: 1 });
  await tick("2027-03-15T22:00:00Z");
  expect(await days()).toEqual(["2027-03-10", "2027-03-14"]);
  await tick("2027-03-16T22:00:00Z");
  expect(await days()).toEqual(["2027-03-10", "2027-03-14", "2027-03-15"]);
  // From the first zone of a day to nearly its last: what is yesterday there was sent already, and the day after as well.
  await set({ hour: 0, zone: "Pacific/Kiritimati", version: 2 });
  await tick("2027-03-17T10:00:00Z");
  await set({ hour: 1, zone: "Pacific/Honolulu", version: 3 });
  for (const at of ["2027-03-17T11:00:00Z", "2027-03-18T11:00:00Z", "2027-03-19T11:00:00Z"]) await tick(at);
  expect((await days()).slice(3)).toEqual(["2027-03-17", "2027-03-18"]);
});

test("SUM-03 two that start at once send once, and a summary or an engine that is off sends nothing", async () => {
  await set();
  await setClock(db, "2027-03-11T08:00:00Z");
  await Promise.all([
    db.service`select launch.send_due_summaries()`,
    db.service`select launch.send_due_summaries()`,
  ]);
  expect(await days()).toEqual(["2027-03-10"]);
  await setClock(db, "2027-03-11T08:00:00Z");
  await db.owner`update launch.summary_settings set due_at = launch.now(), sent_day = null where workspace_id = ${w.id}`;
  // While one has not committed, the other neither waits for it nor sends.
  await db.service.begin(async (first) => {
    expect(await first`select launch.send_due_summaries() as sent`).toEqual([{ sent: 1 }]);
    const second = db.service.begin(async (tx) => {
      await tx`set local lock_timeout = '3s'`;
      return tx<{ sent: number }[]>`select launch.send_due_summaries() as sent`;
    });
    expect(await second).toEqual([{ sent: 0 }]);
  });
  await db.owner`delete from app.messages where id in (select m.id from app.messages m where m.workspace_id = ${w.id} order by m.id desc limit 1)`;
  await asPerson(db, w.owner, (tx) => tx`select app.set_flag(${w.id}, 'launch.enabled', false, 'quiet')`);
  await tick("2027-03-12T08:00:00Z");
  await asPerson(db, w.owner, (tx) => tx`select app.set_flag(${w.id}, 'launch.enabled', true, 'back')`);
  await set({ enabled: false, version: 1 });
  await tick("2027-03-13T08:00:00Z");
  expect(await days()).toEqual(["2027-03-10"]);
});

test("SUM-04 a country's yesterday is its own last local day", async () => {
  await openCountry(db, w, "NZ");
  await openCountry(db, w, "US");
  const [row] = await db.owner<{ rows: { country: string; day: string }[] }[]>`
    select jsonb_agg(k) as rows from private.summary_countries(${w.id}, '2027-03-11T12:30:00Z') k`;
  const days = new Map(row?.rows.map(({ country, day }) => [country, day]));
  expect(days.get("NZ")).toBe("2027-03-11");
  expect(days.get("US")).toBe("2027-03-10");
});

test("SUM-05 only who manages reports sets or tests the summary, and it is audited", async () => {
  for (const role of ["marketing", "safety", "viewer"] as const) {
    const person = await join(db, w, role);
    await expect(set({}, person), role).rejects.toMatchObject({ code: "GTROL" });
    await expect(
      asPerson(db, person, (tx) => tx`select launch.test_daily_summary(${w.id})`),
    ).rejects.toMatchObject({ code: "GTROL" });
    await expect(
      asPerson(db, person, (tx) => tx`select * from launch.read_daily_summary(${w.id})`),
    ).rejects.toMatchObject({ code: "GTROL" });
  }
  await expect(set({ zone: "Mars/Base" })).rejects.toMatchObject({ code: "GTINV" });
  await set();
  await expect(set({ hour: 9 })).rejects.toMatchObject({ code: "GTVER" });
  const [tested] = await asPerson(
    db,
    w.owner,
    (tx) => tx`select launch.test_daily_summary(${w.id}) as channels`,
  );
  expect(tested).toEqual({ channels: 1 });
  const written = await db.owner<{ action: string }[]>`select action from app.audit_entries
    where workspace_id = ${w.id} and resource_type = 'daily_summary' order by sequence`;
  expect(written.map(({ action }) => action)).toEqual(["daily_summary.changed", "daily_summary.tested"]);
});

const NOW = "2027-03-11T12:30:00Z";
const ago = (hours: number) => new Date(Date.parse(NOW) - hours * 3_600_000).toISOString();

test("SUM-06 it tells the last 24 hours and nothing before them, the worst first, and what still can be decided", async () => {
  const opened = (at: string, title: string, severity = "warning") => db.owner`
    insert into launch.alerts (workspace_id, kind, fingerprint, severity, title, opened_at) values (${w.id}, 'load', ${title}, ${severity}, ${title}, ${at})`;
  await opened(ago(25), "old");
  await opened(ago(2), "new");
  await opened(ago(1), "bad", "critical");
  await openCountry(db, w, "PL");
  await openCountry(db, w, "CZ");
  for (const [code, at] of [
    ["PL", ago(25)],
    ["CZ", ago(23)],
  ] as const) {
    await setClock(db, at);
    await asPerson(db, w.owner, (tx) => tx`select launch.pause_country(${w.id}, ${code}, 'drill')`);
  }
  await setClock(db, NOW);
  const minute = (at: string, level: number) => db.owner`
    insert into launch.load_levels (workspace_id, slot_at, level, level_in_force) values (${w.id}, date_trunc('minute', ${at}::timestamptz), ${level}, ${level})`;
  await minute(ago(1), 2);
  await minute(ago(2), 3);
  await minute(ago(3), 1);
  await minute(ago(25), 3);
  const campaign = await newCampaign(db, w);
  await db.owner`update launch.campaigns set status = 'live', starts_at = ${ago(40)}, ends_at = ${ago(-40)} where id = ${campaign}`;
  for (const [at, installs] of [
    [ago(25), 100],
    [ago(1), 7],
  ] as const) {
    await db.owner`insert into launch.link_slots (workspace_id, campaign_id, slot_at, installs)
      values (${w.id}, ${campaign}, date_bin('15 minutes', ${at}::timestamptz, '2020-01-01Z'), ${installs})`;
  }
  for (const [code, until] of [
    ["PL", ago(1)],
    ["CZ", ago(-1)],
  ] as const) {
    await db.owner`insert into launch.proposals (workspace_id, country, from_phase, to_phase, policy_version, gate, expires_at)
      values (${w.id}, ${code}, 'soft', 'public', 1, '{}', ${until})`;
  }
  await asPerson(
    db,
    w.owner,
    (tx) => tx`select launch.add_sequence_countries(${w.id}, array['SK', 'HU'], null)`,
  );
  const [row] = await db.owner<{ told: Record<string, unknown> }[]>`
    select private.summary_rest(${w.id}, ${NOW}) as told`;
  expect(row?.told).toMatchObject({
    alerts_opened: 2,
    alerts_open: 3,
    alerts_critical: 1,
    worst: ["bad", "old", "new"],
    pauses: [{ country: "CZ", reason: "drill" }],
    throttled_minutes: 2,
    campaigns: [{ installs: 107, yesterday: 7 }],
    proposals: [{ country: "CZ", phase: "public" }],
    next: { country: "SK" },
  });
});

test("SUM-07 a country's refusals are those of its own local day, with the commonest reason; who let most people in comes first", async () => {
  for (const code of ["CZ", "PL", "SK"]) await openCountry(db, w, code);
  await db.owner`
    insert into launch.counter_days (workspace_id, country, operation, day_on, day_starts_at, day_ends_at, used, held, corrected, amount_used, cap)
    select ${w.id}, x.country, 'user', d, d::timestamp at time zone 'Europe/Warsaw', (d + 1)::timestamp at time zone 'Europe/Warsaw', x.used, 0, 0, 0, 100
    from (values ('CZ', 3), ('PL', 50)) x (country, used), (select '2027-03-10'::date as d) y`;
  const refused = async (day: string, at: string, counts: [string, number][]) => {
    const total = counts.reduce((sum, [, count]) => sum + count, 0);
    await db.owner`
      insert into launch.kept_slots (counter_id, slot_at, workspace_id, country, operation, day_on, granted, refused)
      select k.id, ${at}, ${w.id}, 'PL', 'user', ${day}, 0, ${total} from launch.counters k
      where k.workspace_id = ${w.id} and k.country = 'PL' and k.operation = 'user'`;
    for (const [reason, count] of counts) {
      await db.owner`
        insert into launch.receipts (id, decided_at, workspace_id, api_key_id, idempotency_key, country, operation, units, allowed, reason, throttle_level)
        select private.uuid_v7(), ${at}, ${w.id}, ${w.id}, ${`${day} ${reason} `} || n, 'PL', 'user', 1, false, ${reason}, 0
        from generate_series(1, ${count}::int) n`;
    }
  };
  // Warsaw's 10 March ends at 23:00 UTC.
  await refused("2027-03-10", "2027-03-10T22:50:00Z", [
    ["cap_reached", 3],
    ["blocked", 2],
  ]);
  await refused("2027-03-11", "2027-03-10T23:10:00Z", [["blocked", 9]]);
  const rows = await db.owner<{ k: Record<string, unknown> }[]>`
    select k from private.summary_countries(${w.id}, ${NOW}) k`;
  expect(rows.map(({ k }) => k)).toMatchObject([
    { country: "PL", day: "2027-03-10", admitted: 50, refused: 5, because: "cap_reached" },
    { country: "CZ", admitted: 3, refused: 0, because: null },
    { country: "SK", admitted: null, refused: 0, because: null },
  ]);
});
