import { eq, sql } from "drizzle-orm";
import { countries } from "#lib/db/launch-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import type { ProtectionEnd, ProtectionInput } from "./forms.ts";

/** A payment protection in force. */
export type Protection = { country: string; reason: string; source: string; since: string; until: string };

const time = (value: string): string => new Date(value).toISOString();

/** The payment protections in force, by country. */
export async function readProtections(tx: Tx, workspaceId: string): Promise<Protection[]> {
  const rows =
    await tx.execute<Protection>(sql`select country, reason, source, created_at as since, until from launch.protections
    where workspace_id = ${workspaceId}::uuid and ended_at is null and until > launch.now() order by country`);
  return rows.map(({ country, reason, source, since, until }) => ({
    country,
    reason,
    source,
    since: time(since),
    until: time(until),
  }));
}

/** The codes of the countries that could be protected: those on the workspace's list. */
export async function readListedCodes(tx: Tx, workspaceId: string): Promise<string[]> {
  const rows = await tx
    .select({ code: countries.code })
    .from(countries)
    .where(eq(countries.workspace_id, workspaceId));
  return rows.map(({ code }) => code);
}

/** Refuses the payments of a country until a time at most 30 days away. Throws reason_required, invalid_input, forbidden. */
export async function protectPayments(tx: Tx, workspaceId: string, input: ProtectionInput): Promise<void> {
  await tx.execute(
    sql`select launch.protect_payments(${workspaceId}::uuid, ${input.country}, ${input.until}::timestamptz, ${input.reason})`,
  );
}

/** Ends a country's payment protection before its end. Throws illegal_transition, forbidden. */
export async function endProtection(tx: Tx, workspaceId: string, input: ProtectionEnd): Promise<void> {
  await tx.execute(
    sql`select launch.end_protection(${workspaceId}::uuid, ${input.country}, ${input.reason ?? null})`,
  );
}
