import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  join,
  newWorkspace,
  openCountry,
  type Person,
  type Workspace,
} from "#tests/setup/people.ts";
import { recordKpis, reportEvents, rollUp } from "#tests/setup/signals.ts";

// A Friday, so that a weekend without rates follows.
const FRIDAY = "2026-06-05T12:00:00.000Z";
const MONDAY = "2026-06-08T12:00:00.000Z";

let db: TestDatabase;
let workspace: Workspace;

beforeAll(async () => {
  db = await testDatabase();
  await setClock(db, FRIDAY);
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, FRIDAY);
  workspace = await newWorkspace(db);
});

type Rate = [day: string, base: string, quote: string, rate: number];

const importRates = (rates: Rate[], person: Person = workspace.owner) =>
  asPerson(db, person, async (sql) => {
    const [row] = await sql<{ changed: number }[]>`
      select launch.import_rates(${workspace.id}, ${rates.map((rate) => rate[0])}::date[], ${rates.map((rate) => rate[1])}::text[],
        ${rates.map((rate) => rate[2])}::text[], ${rates.map((rate) => rate[3])}::numeric[]) as changed`;
    return row?.changed;
  });
const convert = async (minor: number, from: string, to: string, on = "2026-06-05") => {
  const [row] = await db.owner<{ minor: string | null }[]>`
    select private.convert_amount(${workspace.id}, ${minor}, ${from}, ${to}, ${on}) as minor`;
  return row?.minor == null ? null : Number(row.minor);
};
const change = (settings: object, person: Person = workspace.owner) =>
  asPerson(
    db,
    person,
    (sql) =>
      sql`select * from launch.change_region_settings(${workspace.id}, ${JSON.stringify(settings)}::text::jsonb, 'drill')`,
  );
const revenue = async (table: "region_days" | "region_hours") =>
  db.owner`select revenue_minor::int as minor, currency, missing_currencies as missing, revenues from ${db.owner(`launch.${table}`)}
    where workspace_id = ${workspace.id} order by 1`;

describe("converting amounts", () => {
  test("KPI-09 minor units follow each currency's own decimal places", async () => {
    await importRates([
      ["2026-06-05", "USD", "JPY", 150],
      ["2026-06-05", "KWD", "USD", 3.25],
      ["2026-06-05", "EUR", "USD", 1.1],
    ]);
    expect(await convert(1500, "JPY", "USD")).toBe(1000);
    expect(await convert(1000, "USD", "JPY")).toBe(1500);
    expect(await convert(1000, "KWD", "USD")).toBe(325);
    expect(await convert(325, "USD", "KWD")).toBe(1000);
    expect(await convert(1, "EUR", "USD")).toBe(1);
    expect(await convert(12_345, "USD", "USD")).toBe(12_345);
  });

  test("KPI-10 a rate serves both ways and through a third currency, and rounding is to the nearest minor unit", async () => {
    await importRates([
      ["2026-06-05", "EUR", "USD", 1.2],
      ["2026-06-05", "EUR", "PLN", 4],
    ]);
    expect(await convert(400, "PLN", "EUR")).toBe(100);
    expect(await convert(400, "PLN", "USD")).toBe(120);
    expect(await convert(5, "PLN", "USD")).toBe(2);
    expect(await convert(100, "CZK", "USD")).toBeNull();
  });

  test("KPI-11 a day without a rate uses the newest of the seven days that end with it, and never a later one", async () => {
    await importRates([
      ["2026-06-04", "EUR", "USD", 1.5],
      ["2026-06-05", "EUR", "USD", 2],
    ]);
    expect(await convert(100, "EUR", "USD", "2026-06-07")).toBe(200);
    expect(await convert(100, "EUR", "USD", "2026-06-11")).toBe(200);
    expect(await convert(100, "EUR", "USD", "2026-06-12")).toBeNull();
    expect(await convert(100, "EUR", "USD", "2026-06-04")).toBe(150);
    expect(await convert(100, "EUR", "USD", "2026-06-03")).toBeNull();
  });
});

describe("revenue in the reporting currency", () => {
  test("KPI-12 an amount without a rate is left out of the sum and named; when the rate comes, it is in", async () => {
    await reportEvents(db, workspace, [
      { type: "purchase.completed", at: "2026-06-05T10:00:00Z", amount: { minor: 1000, currency: "USD" } },
      { type: "purchase.completed", at: "2026-06-05T10:00:00Z", amount: { minor: 4000, currency: "PLN" } },
    ]);
    await recordKpis(db, workspace);
    const without = { minor: 1000, currency: "USD", missing: ["PLN"], revenues: { USD: 1000, PLN: 4000 } };
    expect(await revenue("region_days")).toEqual([without]);
    expect(await revenue("region_hours")).toEqual([without]);
    expect(await importRates([["2026-06-05", "USD", "PLN", 4]])).toBe(1);
    const whole = { ...without, minor: 2000, missing: [] };
    expect(await revenue("region_days")).toEqual([whole]);
    expect(await revenue("region_hours")).toEqual([whole]);
  });

  test("KPI-13 each amount takes the rate of its own local day", async () => {
    await openCountry(db, workspace, "PL");
    await setClock(db, MONDAY);
    await importRates([
      ["2026-06-05", "USD", "PLN", 4],
      ["2026-06-08", "USD", "PLN", 5],
    ]);
    // 21:59:59 UTC is the last second of a summer's day in Warsaw.
    await reportEvents(
      db,
      workspace,
      ["2026-06-07T21:59:59Z", "2026-06-07T22:00:00Z"].map((at) => ({
        type: "purchase.completed",
        at,
        amount: { minor: 2000, currency: "PLN" },
      })),
    );
    await recordKpis(db, workspace);
    expect((await revenue("region_days")).map((row) => row.minor)).toEqual([400, 500]);
    const [snapshot] =
      await db.owner`select revenue_minor::int as minor from launch.region_kpis where workspace_id = ${workspace.id}`;
    expect(snapshot).toEqual({ minor: 900 });
  });

  test("KPI-14 another reporting currency converts what stands, and is audited; snapshots keep theirs", async () => {
    await importRates([["2026-06-05", "EUR", "USD", 2]]);
    await reportEvents(db, workspace, [
      { type: "purchase.completed", at: "2026-06-05T10:00:00Z", amount: { minor: 1000, currency: "USD" } },
    ]);
    await recordKpis(db, workspace);
    await change({ reporting_currency: "EUR" });
    expect(await revenue("region_days")).toMatchObject([{ minor: 500, currency: "EUR" }]);
    expect(await revenue("region_hours")).toMatchObject([{ minor: 500, currency: "EUR" }]);
    const [snapshot] =
      await db.owner`select revenue_minor::int as minor, currency from launch.region_kpis where workspace_id = ${workspace.id}`;
    expect(snapshot).toEqual({ minor: 1000, currency: "USD" });
    const [entry] =
      await db.owner`select action, details from app.audit_entries where workspace_id = ${workspace.id} order by sequence desc limit 1`;
    expect(entry).toEqual({
      action: "region_settings.changed",
      details: { reporting_currency: { was: "USD", now: "EUR" } },
    });
  });

  test("KPI-15 an import is all or nothing, names the line that is wrong, and is for owners and admins", async () => {
    const good: Rate = ["2026-06-05", "EUR", "USD", 1.1];
    for (const [wrong, field] of [
      [["2026-06-07", "EUR", "USD", 1.1], "day"],
      [["2026-06-05", "EUX", "USD", 1.1], "base"],
      [["2026-06-05", "EUR", "EUR", 1.1], "quote"],
      [["2026-06-05", "EUR", "USX", 1.1], "quote"],
      [["2026-06-05", "EUR", "USD", 0], "rate"],
      [["2026-06-05", "EUR", "USD", -1], "rate"],
    ] satisfies [Rate, string][]) {
      const failed = await importRates([good, wrong]).catch((error: unknown) => error);
      expect(failed).toMatchObject({ code: "GTINV" });
      expect(JSON.parse(String(Reflect.get(Object(failed), "detail")))).toEqual({ field, line: 2 });
    }
    expect(
      await db.owner`select 1 from launch.currency_rates where workspace_id = ${workspace.id}`,
    ).toHaveLength(0);
    for (const role of ["marketing", "safety", "viewer"] as const) {
      const person = await join(db, workspace, role);
      await expect(importRates([good], person)).rejects.toMatchObject({ code: "GTROL" });
      await expect(change({ reporting_currency: "EUR" }, person)).rejects.toMatchObject({ code: "GTROL" });
    }
    expect(await importRates([good, ["2026-06-05", "EUR", "USD", 1.2]])).toBe(1);
    expect(await importRates([["2026-06-05", "EUR", "USD", 1.2]])).toBe(0);
    expect(await convert(100, "EUR", "USD")).toBe(120);
    await expect(change({ reporting_currency: "EUX" })).rejects.toMatchObject({ code: "GTINV" });
    await expect(change({ support_ratio: 1 })).rejects.toMatchObject({ code: "23514" });
  });

  test("KPI-16 rates are a workspace's own", async () => {
    const other = await newWorkspace(db);
    await importRates([["2026-06-05", "USD", "PLN", 4]]);
    await reportEvents(db, other, [
      { type: "purchase.completed", at: "2026-06-05T10:00:00Z", amount: { minor: 4000, currency: "PLN" } },
    ]);
    await rollUp(db, other);
    const [day] =
      await db.owner`select missing_currencies as missing from launch.region_days where workspace_id = ${other.id}`;
    expect(day).toEqual({ missing: ["PLN"] });
  });
});
