import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { dryRun, type ReplayedDay, setInstant } from "#tests/setup/dry-runs.ts";
import {
  asPerson,
  check,
  newKey,
  newWorkspace,
  openCountry,
  settle,
  type Workspace,
} from "#tests/setup/people.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const NOON = "2026-06-01T10:00:00.000Z";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Two of it are no longer a bigint. */
const HUGE = 9_000_000_000_000_000_000;

async function opened(user: number) {
  await setClock(db, NOON);
  const workspace = await newWorkspace(db);
  const key = await newKey(db, workspace);
  await openCountry(db, workspace, "PL", { user });
  return { workspace, key, from: Date.parse(NOON) };
}

const sum = (rows: readonly ReplayedDay[], name: "gained" | "lost" | "sooner" | "differences") =>
  rows.reduce((total, row) => total + row[name], 0);
const letIn = (rows: readonly ReplayedDay[], which: "was" | "would") =>
  rows.reduce((total, row) => total + row[which].reduce((units, one) => units + one, 0), 0);
const more = { countries: { PL: { user_units: 4 } } };

async function withQueue(workspace: Workspace) {
  await asPerson(
    db,
    workspace.owner,
    (sql) => sql`select launch.change_queue(${workspace.id}, 'user', true, 120, 300, true, null)`,
  );
}

describe("the queue", () => {
  test("DRY-08 whoever a proposal lets in at once is not let in again by their ticket, on that day or a later one", async () => {
    const { workspace, key, from } = await opened(2);
    await withQueue(workspace);
    const first = await check(db, key, { hold_seconds: 600 });
    for (const minute of [1, 2, 3]) {
      await setInstant(db, from + minute * 60_000);
      await check(db, key, { queue: true });
    }
    await settle(db, key, first.id, "release");
    await db.owner`select launch.admit_tickets()`;
    await setInstant(db, from + HOUR);
    const today = await dryRun(db, workspace, more, 1);
    expect(letIn(today.results, "was")).toBe(3);
    expect(letIn(today.results, "would")).toBe(4);
    expect(today.results[0]).toMatchObject({ gained: 2, sooner: 1, lost: 0 });
    await setInstant(db, from + DAY);
    await db.owner`select launch.admit_tickets()`;
    await setInstant(db, from + DAY + HOUR);
    const two = await dryRun(db, workspace, more, 2);
    expect(two.results.map((day) => [day.gained, day.sooner, day.lost])).toEqual([
      [2, 1, 0],
      [0, 1, 0],
    ]);
    expect(letIn(two.results, "would")).toBe(letIn(two.results, "was"));
    const same = await dryRun(db, workspace, {}, 2);
    expect([sum(same.results, "differences"), sum(same.results, "sooner")]).toEqual([0, 0]);
  });
});

describe("alerts", () => {
  test("DRY-09 it says how often a cap came and would have come near enough to raise an alert", async () => {
    const { workspace, key, from } = await opened(10);
    for (let place = 1; place <= 7; place++) {
      await setInstant(db, from + place * 60_000);
      await check(db, key);
    }
    const alerts = async (user_units: number) => {
      const { results } = await dryRun(db, workspace, { countries: { PL: { user_units } } }, 1);
      return [results[0]?.was_alerts, results[0]?.would_alerts];
    };
    expect(await alerts(8)).toEqual([0, 1]);
    expect(await alerts(9)).toEqual([0, 0]);
    await setInstant(db, from + 8 * 60_000);
    await check(db, key);
    expect(await alerts(11)).toEqual([1, 0]);
    await db.owner`select launch.watch_capacity()`;
    const raised =
      await db.owner`select 1 from launch.alerts where workspace_id = ${workspace.id} and kind = 'capacity'`;
    expect(raised).toHaveLength(1);
  });
});

describe("bounds", () => {
  test("DRY-10 a proposal reaches no other workspace, whatever it names", async () => {
    const mine = await opened(5);
    const theirs = await opened(5);
    await db.owner`
      insert into launch.events (workspace_id, occurred_at, received_at, type, source, event_id, country, subject, device)
      select ${theirs.workspace.id}, ${NOON}::timestamptz + n * interval '1 second', ${NOON}::timestamptz, 'registration.completed', 'app', n::text,
        'PL', 'person-' || n, 'one-device' from generate_series(1, 9) n`;
    await setInstant(db, mine.from + HOUR);
    const rule = { rule: "device_farm", threshold: 3, window_minutes: 60 };
    const found = async (workspace: Workspace, more: object) =>
      (await dryRun(db, workspace, { threats: [{ ...rule, ...more }] }, 1)).facts.threats;
    expect(await found(theirs.workspace, {})).toMatchObject([{ would_entities: 1 }]);
    expect(await found(mine.workspace, { workspace_id: theirs.workspace.id })).toMatchObject([
      { would_entities: 0 },
    ]);
  });

  test("DRY-11 a run that cannot be replayed fails by itself and holds up none behind it", async () => {
    const { workspace, key, from } = await opened(5);
    await check(db, key, { operation: "payment", amount: { minor: 100, currency: "EUR" } });
    await setInstant(db, from + 60_000);
    await check(db, key, { operation: "payment", amount: { minor: 100, currency: "EUR" } });
    await db.owner`update launch.receipts set amount_minor = ${HUGE}::numeric where workspace_id = ${workspace.id}`;
    const ask = (proposal: object) =>
      asPerson(db, workspace.owner, async (sql) => {
        const [row] = await sql<{ id: string }[]>`
          select launch.create_dry_run(${workspace.id}, ${JSON.stringify(proposal)}::text::jsonb, 1) as id`;
        return row?.id ?? "";
      });
    const broken = await ask({ countries: { PL: { amount_minor: HUGE, amount_currency: "EUR" } } });
    const behind = await ask({});
    await db.service`select launch.run_dry_runs()`;
    const rows = await db.owner<{ id: string; status: string; problem: string | null }[]>`
      select id, status, problem from launch.dry_runs where id = any (${[broken, behind]}::uuid[]) order by id`;
    expect(rows).toMatchObject([
      { id: broken, status: "failed", problem: expect.stringContaining("could not be replayed") },
      { id: behind, status: "done", problem: null },
    ]);
  });

  test("DRY-12 a run over more than 3,000 local days is refused, saying how many days would do", async () => {
    const { workspace } = await opened(5);
    await db.owner`insert into launch.countries (workspace_id, code, time_zone)
      select ${workspace.id}, i.code, i.time_zone from launch.iso_countries i where i.code <> 'PL' order by i.code limit 149`;
    const asked = asPerson(
      db,
      workspace.owner,
      (sql) => sql`select launch.create_dry_run(${workspace.id}, '{}', 21)`,
    );
    await expect(asked).rejects.toMatchObject({
      code: "GTINV",
      message: expect.stringContaining("20 days at most"),
    });
  });
});
