import { and, desc, eq, sql } from "drizzle-orm";
import Papa from "papaparse";
import { currencyRates } from "#lib/db/regions-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import { isCurrency } from "#lib/launch/currencies.ts";

/** On a day, one unit of `base` was `rate` units of `quote`. `rate` is the text as it was given: SQL keeps every digit. */
export type Rate = { day: string; base: string; quote: string; rate: string };

/** The rates of a file, or what is wrong with it in a sentence that names the line. */
export type ParsedRates = { rates: Rate[] } | { problem: string };

const MOST = 50_000;
const NAMES = ["day", "base", "quote", "rate"] as const;

function problemOf({ day, base, quote, rate }: Rate): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)))
    return "its day isn't like 2026-11-24";
  if (!isCurrency(base)) return `${base || "an empty base"} is no currency`;
  if (!isCurrency(quote)) return `${quote || "an empty quote"} is no currency`;
  if (base === quote) return "base and quote are the same";
  if (!/^\d{1,12}(\.\d{1,12})?$/.test(rate) || Number(rate) <= 0) return "its rate isn't a number above 0";
  return null;
}

/**
 * Reads a CSV of rates: columns day, base, quote, rate in any order, with a header. Commas, semicolons or tabs. All lines must be right; the
 * first that isn't is named as an editor counts lines.
 */
export function parseRates(text: string): ParsedRates {
  const { data, meta } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ""), {
    header: true,
    skipEmptyLines: "greedy",
    transformHeader: (name) => name.trim().toLowerCase(),
    transform: (value) => value.trim(),
  });
  const missing = NAMES.filter((name) => !(meta.fields ?? []).includes(name));
  if (missing.length > 0)
    return { problem: `The first line must name the columns: ${missing.join(", ")} missing.` };
  if (data.length === 0) return { problem: "There are no rates below the first line." };
  if (data.length > MOST) return { problem: "A file has at most 50,000 rates. Split it." };
  const rates = data.map((row) => ({
    day: row.day ?? "",
    base: (row.base ?? "").toUpperCase(),
    quote: (row.quote ?? "").toUpperCase(),
    rate: row.rate ?? "",
  }));
  for (const [index, rate] of rates.entries()) {
    const problem = problemOf(rate);
    if (problem !== null) return { problem: `Line ${index + 2}: ${problem}.` };
  }
  return { rates };
}

/** Takes rates in, all or none. Returns how many were new or changed. Throws forbidden, invalid_input. */
export async function importRates(tx: Tx, workspaceId: string, rates: readonly Rate[]): Promise<number> {
  // As texts: the query builder keeps the driver from writing lists of dates and numerics.
  const column = (name: keyof Rate) => sql`${sql.param(rates.map((rate) => rate[name]))}::text[]`;
  const [row] = await tx.execute<{ changed: number }>(sql`
    select launch.import_rates(${workspaceId}::uuid, ${column("day")}::date[], ${column("base")}, ${column("quote")},
      ${column("rate")}::numeric[]) as changed`);
  return row?.changed ?? 0;
}

/** The newest rates of a workspace, newest day first. */
export function readRates(tx: Tx, workspaceId: string, limit: number) {
  return tx
    .select({
      day: currencyRates.on_date,
      base: currencyRates.base,
      quote: currencyRates.quote,
      rate: currencyRates.rate,
    })
    .from(currencyRates)
    .where(and(eq(currencyRates.workspace_id, workspaceId)))
    .orderBy(desc(currencyRates.on_date), currencyRates.base, currencyRates.quote)
    .limit(limit);
}
