import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newWorkspace, type Workspace } from "#tests/setup/people.ts";
import { type Reported, reported } from "#tests/setup/reported.ts";

const NOON = "2026-06-01T12:00:00.000Z";
const MINUTE = 60_000;
const at = (ms: number) => new Date(Date.parse(NOON) + ms).toISOString();

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

/** Numbers that look random and are the same in every run. */
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

type Late = Reported & { arrives: number };

/** Two hours of traffic around the thresholds below; one event in six arrives up to 50 minutes late. */
function traffic(seed: number): Late[] {
  const draw = sequence(seed);
  return Array.from({ length: 700 }, (_, n) => {
    const ms = draw(120 * MINUTE);
    const type = [
      "registration.completed",
      "creator.registered",
      "purchase.completed",
      "purchase.charged_back",
    ][draw(4)];
    const arrives = ms + (draw(6) === 0 ? draw(50 * MINUTE) : 0);
    const country = ["PL", "CZ", "GR"][draw(3)] ?? "PL";
    return {
      type: type ?? "",
      at: at(ms),
      country,
      subject: `acc-${draw(60)}`,
      device: `dev-${draw(25)}-${n % 2}`,
      arrives,
    };
  });
}

interface Numbers {
  rule: string;
  threshold: number;
  window: number;
  share: number | null;
  per: string;
}
const RULES: Numbers[] = [
  { rule: "device_farm", threshold: 3, window: 30, share: null, per: "device" },
  { rule: "creator_ring", threshold: 6, window: 7, share: null, per: "country" },
  { rule: "payment_burst", threshold: 11, window: 5, share: null, per: "workspace" },
  { rule: "chargeback_burst", threshold: 9, window: 20, share: 0.9, per: "country" },
];

const backtest = (numbers: Numbers, from: string, to: string, person = workspace.owner) =>
  asPerson(
    db,
    person,
    (
      sql,
    ) => sql`select * from launch.backtest_rule(${workspace.id}, ${numbers.rule}, ${numbers.threshold}, ${numbers.window},
      ${numbers.share}, ${numbers.per}, ${from}, ${to}) order by entity`,
  );

async function live(rule: string) {
  return db.owner`
    select entity, array_agg(slot_at order by slot_at) as slots, max(found) as peak from launch.threat_findings
    where workspace_id = ${workspace.id} and rule = ${rule} group by entity order by entity`;
}

describe("a backtest", () => {
  test.each([1, 2, 3])(
    "THR-20 finds exactly what live runs found, late events included (traffic %i)",
    async (seed) => {
      for (const { rule, threshold, window, share, per } of RULES) {
        await db.owner`update launch.threat_rules set threshold = ${threshold}, window_minutes = ${window}, share = ${share}, counts_per = ${per}
        where workspace_id = ${workspace.id} and rule = ${rule}`;
      }
      const events = traffic(seed);
      for (let slot = 5 * MINUTE; slot <= 180 * MINUTE; slot += 5 * MINUTE) {
        const arrived = events.filter(({ arrives }) => arrives >= slot - 5 * MINUTE && arrives < slot);
        await setClock(db, at(slot));
        await reported(db, workspace, ...arrived);
        await db.service`select launch.evaluate_threats(${workspace.id}, ${at(slot)}, ${at(slot - 5 * MINUTE)})`;
      }
      for (const numbers of RULES) {
        const found = await live(numbers.rule);
        expect(found.length, numbers.rule).toBeGreaterThan(0);
        const would = await backtest(numbers, NOON, at(180 * MINUTE));
        expect(
          would.map(({ entity, slots, peak }) => ({ entity, slots, peak })),
          numbers.rule,
        ).toEqual([...found]);
        expect(would.every(({ known }) => known)).toBe(true);
        const slots = found.reduce((sum, row) => sum + row.slots.length, 0);
        expect(would[0]).toMatchObject({ entities: String(found.length), findings: String(slots) });
      }
    },
  );

  test("THR-21 leaves nothing behind, looks at 14 days at most, and is for those who may see threats", async () => {
    const [farms] = RULES;
    if (farms === undefined) throw new Error("no rules");
    await reported(db, workspace, {
      type: "registration.completed",
      at: at(-MINUTE),
      device: "dev-1",
      subject: "acc-{n}",
      times: 3,
    });
    expect(await backtest(farms, at(-5 * MINUTE), NOON)).toMatchObject([
      { entity: "dev-1", peak: 3, known: false },
    ]);
    expect(await live("device_farm")).toEqual([]);
    expect(await db.owner`select 1 from launch.alerts where workspace_id = ${workspace.id}`).toHaveLength(0);
    const day = 24 * 60 * MINUTE;
    for (const [from, to] of [
      [at(-14 * day - 1), NOON],
      [NOON, NOON],
      [NOON, at(-MINUTE)],
    ] as const)
      await expect(backtest(farms, from, to)).rejects.toMatchObject({ code: "GTINV" });
    await expect(backtest({ ...farms, threshold: 1 }, at(-day), NOON)).rejects.toMatchObject({
      code: "GTINV",
    });
    await expect(backtest({ ...farms, rule: "other" }, at(-day), NOON)).rejects.toMatchObject({
      code: "GTNIL",
    });
    await expect(
      backtest(farms, at(-day), NOON, await join(db, workspace, "marketing")),
    ).rejects.toMatchObject({ code: "GTROL" });
  });
});
