import { z } from "zod";
import { OPERATIONS, REASONS } from "#lib/launch/vocabulary.ts";

const text = z.string().trim().min(1).max(255).optional().catch(undefined);

/** What a country's page shows, as its address says it. What makes no sense is left out. */
export const CountryQuery = z.object({
  /** Which operation the chart shows. */
  operation: z.enum(OPERATIONS).catch("user"),
  /** A finished local day; absent is today. */
  day: z.iso.date().optional().catch(undefined),
  outcome: z.enum(["granted", "refused"]).optional().catch(undefined),
  reason: z.enum(REASONS).optional().catch(undefined),
  of: z.enum(OPERATIONS).optional().catch(undefined),
  subject: text,
  /** The receipt below which the list starts. */
  before: z.uuid().optional().catch(undefined),
  /** The receipt that is open. */
  receipt: z.uuid().optional().catch(undefined),
  /** A receipt's id or an idempotency key to look for. */
  find: text,
});
export type CountryQuery = z.infer<typeof CountryQuery>;

/** The query with some parts replaced; `undefined` takes a part out. Starts with "?", also when nothing is left. */
export function queryWith(
  query: CountryQuery,
  changes: Partial<Record<keyof CountryQuery, string | undefined>>,
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, ...changes })) {
    const isDefault = name === "operation" && value === "user";
    if (typeof value === "string" && !isDefault) search.set(name, value);
  }
  return `?${search}`;
}
