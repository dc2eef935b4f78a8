import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newWorkspace, type Workspace } from "#tests/setup/people.ts";
import { reported } from "#tests/setup/reported.ts";

const NOON = "2026-06-01T12:00:00.000Z";
const MINUTE = 60_000;
const ago = (ms: number) => new Date(Date.parse(NOON) - ms).toISOString();

let db: TestDatabase;
let workspace: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  workspace = await newWorkspace(db);
});

/** What the shield finds by noon, a line a pattern. */
async function found(due = NOON): Promise<string[]> {
  await db.service`select launch.evaluate_threats(${workspace.id}, ${due}, ${ago(5 * MINUTE)})`;
  const rows = await db.owner`
    select rule, entity, peak from launch.threat_patterns where workspace_id = ${workspace.id} order by rule, entity`;
  return rows.map(({ rule, entity, peak }) => `${rule} ${entity} ${peak}`);
}

const accounts = (times: number, at = ago(2 * MINUTE), subject = "acc-{n}") =>
  reported(db, workspace, { type: "registration.completed", at, device: "dev-1", subject, times });

describe("device farms", () => {
  test("THR-01 three accounts on one device are found and two are not", async () => {
    await accounts(2);
    expect(await found()).toEqual([]);
    await accounts(1, ago(MINUTE), "acc-x");
    expect(await found()).toEqual(["device_farm dev-1 3"]);
  });

  test("THR-01 an account counts once, other devices and other workspaces count for themselves", async () => {
    await accounts(2);
    await accounts(2, ago(MINUTE));
    await reported(db, workspace, {
      type: "registration.completed",
      at: ago(MINUTE),
      device: "dev-2",
      subject: "acc-9",
      times: 5,
    });
    await reported(db, await newWorkspace(db), {
      type: "registration.completed",
      at: ago(MINUTE),
      device: "dev-1",
      subject: "acc-9",
    });
    await reported(db, workspace, {
      type: "chat.started",
      at: ago(MINUTE),
      device: "dev-1",
      subject: "acc-9",
    });
    expect(await found()).toEqual([]);
  });

  test("THR-02 an account of exactly 24 hours before does not count, one a millisecond later does", async () => {
    await accounts(2);
    await accounts(1, ago(2 * MINUTE + 24 * 60 * MINUTE), "acc-old");
    expect(await found()).toEqual([]);
    await accounts(1, ago(2 * MINUTE + 24 * 60 * MINUTE - 1), "acc-older");
    expect(await found()).toEqual(["device_farm dev-1 3"]);
  });
});

describe("creator rings", () => {
  const creators = (times: number, country = "PL", at = ago(4 * MINUTE), every = 1000) =>
    reported(db, workspace, {
      type: "creator.registered",
      at,
      country,
      subject: `${country}-${at}-{n}`,
      times,
      every,
    });

  test("THR-03 fifty creators of one country in five minutes are found, 49 are not, and countries are not added up", async () => {
    await creators(49);
    await creators(49, "CZ");
    expect(await found()).toEqual([]);
    await creators(1, "PL", ago(MINUTE));
    expect(await found()).toEqual(["creator_ring PL 50"]);
  });

  test("THR-02 the five minutes are any five minutes: a burst over the edge of two slots is found, one a microsecond too long is not", async () => {
    const spread = async (lastAgo: number) => {
      await creators(49, "PL", ago(7 * MINUTE), 0);
      await creators(1, "PL", ago(lastAgo));
      return found();
    };
    expect(await spread(2 * MINUTE)).toEqual([]);
    expect(await spread(2 * MINUTE + 1)).toEqual(["creator_ring PL 50"]);
  });

  test("THR-03 a creator who is reported twice counts once", async () => {
    await creators(30);
    await creators(30);
    expect(await found()).toEqual([]);
    await creators(20, "PL", ago(MINUTE));
    expect(await found()).toEqual(["creator_ring PL 50"]);
  });
});

describe("bursts of payments", () => {
  const payments = (times: number, country: string, at = ago(3 * MINUTE)) =>
    reported(db, workspace, {
      type: "purchase.completed",
      at,
      country,
      subject: "acc-{n}",
      times,
      every: 10,
    });

  test("THR-04 a thousand payments of the workspace in five minutes are found, 999 are not, whatever the country", async () => {
    await payments(600, "PL");
    await payments(399, "CZ");
    expect(await found()).toEqual([]);
    await payments(1, "GR");
    expect(await found()).toEqual(["payment_burst all 1000"]);
    const [row] =
      await db.owner`select evidence from launch.threat_patterns where workspace_id = ${workspace.id}`;
    expect(row?.evidence.countries).toEqual({ PL: 600, CZ: 399, GR: 1 });
  });

  test("THR-04 counted per country, the countries are not added up", async () => {
    await db.owner`update launch.threat_rules set counts_per = 'country' where workspace_id = ${workspace.id} and rule = 'payment_burst'`;
    await payments(600, "PL");
    await payments(999, "CZ");
    expect(await found()).toEqual([]);
    await payments(1, "CZ");
    expect(await found()).toEqual(["payment_burst CZ 1000"]);
  });
});

describe("bursts of chargebacks", () => {
  const day = (payments: number, chargebacks: number, country = "PL") =>
    reported(
      db,
      workspace,
      { type: "purchase.completed", at: ago(50 * MINUTE), country, times: payments, every: 1000 },
      { type: "purchase.charged_back", at: ago(3 * MINUTE), country, times: chargebacks, every: 10 },
    );

  test("THR-05 ten chargebacks that are one in a hundred payments are found; nine, or ten of a thousand and one, are not", async () => {
    await day(900, 9);
    await day(1001, 10, "CZ");
    expect(await found()).toEqual([]);
    await day(1000, 10, "GR");
    await day(0, 10, "IT");
    expect(await found()).toEqual(["chargeback_burst GR 10", "chargeback_burst IT 10"]);
  });

  test("THR-05 what lies more than an hour before a chargeback does not count", async () => {
    await reported(db, workspace, {
      type: "purchase.charged_back",
      at: ago(70 * MINUTE),
      country: "PL",
      times: 9,
    });
    await reported(db, workspace, { type: "purchase.charged_back", at: ago(MINUTE), country: "PL" });
    expect(await found()).toEqual([]);
    await reported(db, workspace, {
      type: "purchase.charged_back",
      at: ago(2 * MINUTE),
      country: "PL",
      times: 9,
    });
    expect(await found()).toEqual(["chargeback_burst PL 10"]);
  });
});

test("THR-06 a rule that is off looks at nothing, and another workspace's rules are its own", async () => {
  await db.owner`update launch.threat_rules set mode = 'off' where workspace_id = ${workspace.id}`;
  await accounts(5);
  expect(await found()).toEqual([]);
  const other = await newWorkspace(db);
  const rules = await db.owner`
    select rule, mode, threshold, window_minutes, share, answer from launch.threat_rules where workspace_id = ${other.id} order by rule`;
  expect(rules).toEqual([
    {
      rule: "chargeback_burst",
      mode: "live",
      threshold: 10,
      window_minutes: 60,
      share: 0.01,
      answer: "protect",
    },
    { rule: "creator_ring", mode: "live", threshold: 50, window_minutes: 5, share: null, answer: "watch" },
    { rule: "device_farm", mode: "live", threshold: 3, window_minutes: 1440, share: null, answer: "watch" },
    { rule: "payment_burst", mode: "live", threshold: 1000, window_minutes: 5, share: null, answer: "watch" },
  ]);
});
