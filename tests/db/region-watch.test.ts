import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";
import { recordKpis, reportEvents, type TestEvent, times } from "#tests/setup/signals.ts";

const NOON = "2026-06-10T12:00:00.000Z";
const ago = (hours: number) => new Date(Date.parse(NOON) - hours * 3_600_000).toISOString();

let db: TestDatabase;
let workspace: Workspace;

beforeAll(async () => {
  db = await testDatabase();
  await setClock(db, NOON);
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  workspace = await newWorkspace(db);
  await openCountry(db, workspace, "PL");
});

const tickets = (count: number, hours: number): TestEvent[] =>
  times(count, { type: "support.ticket_opened", at: ago(hours) });
const sale = (dollars: number, hours: number): TestEvent => ({
  type: "purchase.completed",
  at: ago(hours),
  amount: { minor: Math.round(dollars * 100), currency: "USD" },
});

/** Reports events, takes the snapshot, and says which region alerts stand. */
async function standing(events: TestEvent[]): Promise<string[]> {
  await reportEvents(db, workspace, events);
  await recordKpis(db, workspace);
  const rows = await db.owner<{ fingerprint: string }[]>`
    select fingerprint from launch.alerts where workspace_id = ${workspace.id} and kind = 'region' and status <> 'resolved' order by 1`;
  return rows.map((row) => row.fingerprint);
}

describe("what moved sharply in a country", () => {
  test("KPI-17 support volume raises a warning at twice the usual of the same hours, and not one ticket below", async () => {
    expect(await standing([...tickets(15, 25), ...tickets(29, 1)])).toEqual([]);
    expect(await standing(tickets(1, 2))).toEqual(["support:PL"]);
    const [alert] =
      await db.owner`select severity, country, evidence from launch.alerts where workspace_id = ${workspace.id}`;
    expect(alert).toEqual({
      severity: "warning",
      country: "PL",
      evidence: { tickets: 30, usual: 15, hours: 6, until: "2026-06-10T12:00:00+00:00" },
    });
  });

  test("KPI-17 below the minimum nothing is said, however steep; other hours of the day before don't count", async () => {
    expect(
      await standing([...tickets(1, 25), ...tickets(19, 1), ...tickets(500, 7), ...tickets(500, 31)]),
    ).toEqual([]);
    expect(await standing(tickets(1, 1))).toEqual(["support:PL"]);
  });

  test("KPI-18 a country that reported nothing in those hours before is not compared", async () => {
    expect(await standing([...tickets(1000, 1), sale(1_000_000, 1)])).toEqual([]);
  });

  test("KPI-19 revenue raises one at three times the usual, audited once, and both settle when it is usual again", async () => {
    expect(await standing([sale(400, 25), sale(400, 26), sale(2399.99, 1)])).toEqual([]);
    expect(await standing([sale(0.01, 1)])).toEqual(["revenue:PL"]);
    await setClock(db, ago(-1));
    expect(await standing([])).toEqual(["revenue:PL"]);
    const audits = () =>
      db.owner`select 1 from app.audit_entries where workspace_id = ${workspace.id} and action = 'revenue.surged'`;
    expect(await audits()).toHaveLength(1);
    await setClock(db, ago(-6));
    expect(await standing([])).toEqual([]);
    expect(await audits()).toHaveLength(1);
  });
});
