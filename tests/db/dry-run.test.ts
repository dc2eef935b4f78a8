import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { drawSteps, dryRun, type ReplayedDay, sendSteps, setInstant } from "#tests/setup/dry-runs.ts";
import { check, newKey, newWorkspace, type Opening, openCountry } from "#tests/setup/people.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

// The night of 29 March 2026 has no 02:00 in Warsaw.
const SPRING = "2026-03-28T07:00:00.000Z";
const POLICY = { user: 40, payment: 30, creator: 5, amount: { minor: 30_000, currency: "EUR" } };
const SEEDS = [1, 2, 3, 4, 5, 6];

async function opened(opening: Opening = POLICY, at = SPRING) {
  await setClock(db, at);
  const workspace = await newWorkspace(db);
  const key = await newKey(db, workspace);
  await openCountry(db, workspace, "PL", opening);
  return { workspace, key, from: Date.parse(at) };
}

const sum = (rows: readonly ReplayedDay[], name: "checks" | "differences" | "gained" | "lost") =>
  rows.reduce((total, row) => total + row[name], 0);

/** Units that were let in, by operation, local day and hour of it, as a dry run lists them. */
async function letIn(workspaceId: string): Promise<Record<string, number>> {
  const rows = await db.owner<{ gate: string; units: number }[]>`
    select r.operation || ' ' || d.day_on || ' ' || floor(extract(epoch from r.decided_at - private.day_boundary('Europe/Warsaw', d.day_on)) / 3600) as gate,
      sum(r.units)::int as units
    from launch.receipts r cross join lateral (select coalesce(r.day_on, private.local_date('Europe/Warsaw', r.decided_at)) as day_on) d
    where r.workspace_id = ${workspaceId} and r.allowed group by 1`;
  return Object.fromEntries(rows.map(({ gate, units }) => [gate, units]));
}

const replayed = (rows: readonly ReplayedDay[], which: "was" | "would") =>
  Object.fromEntries(
    rows.flatMap((row) =>
      row[which].flatMap((units, hour) =>
        units > 0 ? [[`${row.operation} ${row.day} ${hour}`, units] as const] : [],
      ),
    ),
  );

/** Every kind of answer that a workspace's receipts hold, shadows and ends of leases among them. */
async function kindsOf(workspaceId: string): Promise<string[]> {
  const rows = await db.owner<{ kind: string }[]>`
    select coalesce(shadow, reason) as kind from launch.receipts where workspace_id = ${workspaceId}
    union select 'shadowed' from launch.receipts where workspace_id = ${workspaceId} and shadow is not null
    union select state from launch.reservations where workspace_id = ${workspaceId}
    union select 'corrected' from app.audit_entries where workspace_id = ${workspaceId} and action = 'counter.corrected'`;
  return rows.map((row) => row.kind);
}

// All that the promise names must happen in the drawn traffic, or it proves less than it says.
const KINDS = `amount_cap_reached blocked cap_reached committed corrected engine_disabled expired granted paused released shadowed throttled`;

describe("the policy as it was", () => {
  test("DRY-01 replaying it reproduces every recorded decision", { timeout: 180_000 }, async () => {
    const kinds = new Set<string>();
    for (const seed of SEEDS) {
      const one = await opened();
      const { workspace } = one;
      const { until } = await sendSteps(db, one, drawSteps(seed, 700));
      await setInstant(db, until + 3_600_000);
      const { status, results } = await dryRun(db, workspace, {}, 10);
      expect(status).toBe("done");
      const [recorded] = await db.owner<{ checks: number }[]>`
        select count(*)::int as checks from launch.receipts where workspace_id = ${workspace.id}`;
      expect(sum(results, "checks"), `traffic ${seed}`).toBe(recorded?.checks);
      expect(sum(results, "differences"), `traffic ${seed}`).toBe(0);
      expect(replayed(results, "would"), `traffic ${seed}`).toEqual(await letIn(workspace.id));
      expect(replayed(results, "was"), `traffic ${seed}`).toEqual(await letIn(workspace.id));
      for (const kind of await kindsOf(workspace.id)) kinds.add(kind);
    }
    expect([...kinds]).toEqual(expect.arrayContaining(KINDS.split(" ")));
  });
});

describe("another policy", () => {
  test.each([
    { name: "less", user: 25, payment: 20, amount: { minor: 15_000, currency: "EUR" } },
    { name: "more", user: 55, payment: 45, amount: { minor: 50_000, currency: "EUR" } },
  ])(
    "DRY-02 a dry run equals what the engine does with the same requests under $name",
    { timeout: 240_000 },
    async ({ user, payment, amount }) => {
      for (const seed of SEEDS) {
        const steps = drawSteps(seed, 600);
        const first = await opened();
        const recorded = await sendSteps(db, first, steps);
        await setInstant(db, recorded.until + 3_600_000);
        const policy = {
          user_units: user,
          payment_units: payment,
          amount_minor: amount.minor,
          amount_currency: amount.currency,
        };
        const { results } = await dryRun(db, first.workspace, { countries: { PL: policy } }, 10);
        const other = await opened({ ...POLICY, user, payment, amount });
        await sendSteps(db, other, steps, recorded.answers);
        expect(replayed(results, "would"), `traffic ${seed}`).toEqual(await letIn(other.workspace.id));
        expect(sum(results, "differences"), `traffic ${seed}`).toBeGreaterThan(0);
      }
    },
  );

  test("DRY-03 a pause refuses all; opening decides what a pause had refused; an amount cap taken away no longer stops", async () => {
    const { workspace, key, from } = await opened({
      user: 3,
      payment: 10,
      amount: { minor: 100, currency: "EUR" },
    });
    for (const place of [1, 2, 3, 4]) {
      await setInstant(db, from + place * 60_000);
      await check(db, key);
      await check(db, key, { operation: "payment", amount: { minor: 60, currency: "EUR" } });
    }
    const paused = await dryRun(db, workspace, { countries: { PL: { phase: "pause" } } }, 1);
    expect(sum(paused.results, "lost")).toBe(4);
    expect(sum(paused.results, "gained")).toBe(0);
    const free = await dryRun(db, workspace, { countries: { PL: { amount_minor: -1 } } }, 1);
    expect(sum(free.results, "gained")).toBe(3);
    expect(sum(free.results, "lost")).toBe(0);
    await db.owner`update launch.receipts set allowed = false, reason = 'paused', remaining = 3 where workspace_id = ${workspace.id} and operation = 'user'`;
    const open = await dryRun(db, workspace, { countries: { PL: { phase: "open", user_units: 2 } } }, 1);
    expect(sum(open.results, "gained")).toBe(2);
  });

  test("DRY-04 it says when the cap was and would have been reached", async () => {
    const { workspace, key, from } = await opened({ user: 3 });
    for (const place of [1, 2, 3, 4, 5, 6]) {
      await setInstant(db, from + place * 60_000);
      await check(db, key);
    }
    const { results } = await dryRun(db, workspace, { countries: { PL: { user_units: 5 } } }, 1);
    const [day] = results;
    expect(Date.parse(day?.was_reached_at ?? "")).toBe(from + 3 * 60_000);
    expect(Date.parse(day?.would_reach_at ?? "")).toBe(from + 5 * 60_000);
    expect(day).toMatchObject({ gained: 2, lost: 0, differences: 2, checks: 6 });
  });
});
