import { and, desc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { countries, policyVersions } from "#lib/db/launch-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import { formatMinor, isCurrency } from "./currencies.ts";
import type { Phase } from "./vocabulary.ts";

/** One entry of a country's history: what was done, by whom, and what it altered. */
export type CountryChange = {
  code: string;
  version: number;
  /** `country.paused`, `country.caps_changed`… */
  action: string;
  phase: Phase;
  at: string;
  by: string;
  reason: string | null;
  /** In words: "users 1,000 → 2,000", "users 100" where there were none. Empty when only the phase moved. */
  altered: string[];
};

const before = alias(policyVersions, "before");
const COUNT = new Intl.NumberFormat("en");

type Policy = {
  time_zone: string;
  user_units: number;
  payment_units: number;
  creator_units: number;
  payment_amount_minor: number | null;
  payment_amount_currency: string | null;
};

function amountText(policy: Policy): string {
  const { payment_amount_minor: minor, payment_amount_currency: currency } = policy;
  return minor === null || currency === null || !isCurrency(currency)
    ? "none"
    : formatMinor(minor, currency, "en");
}

function alterations(now: Policy, was: Policy): string[] {
  const pairs: [string, string, string][] = [
    ["users", COUNT.format(was.user_units), COUNT.format(now.user_units)],
    ["payments", COUNT.format(was.payment_units), COUNT.format(now.payment_units)],
    ["creators", COUNT.format(was.creator_units), COUNT.format(now.creator_units)],
    ["amount cap", amountText(was), amountText(now)],
    ["time zone", was.time_zone, now.time_zone],
  ];
  return pairs
    .filter(([, from, to]) => from !== to)
    .map(([what, from, to]) =>
      from === "0" || from === "none" ? `${what} ${to}` : `${what} ${from} → ${to}`,
    );
}

async function select(tx: Tx, condition: ReturnType<typeof and>, limit: number): Promise<CountryChange[]> {
  const rows = await tx
    .select({ now: policyVersions, was: before })
    .from(policyVersions)
    .leftJoin(
      before,
      and(
        eq(before.workspace_id, policyVersions.workspace_id),
        eq(before.country, policyVersions.country),
        eq(before.version, sql`${policyVersions.version} - 1`),
      ),
    )
    .where(condition)
    .orderBy(desc(policyVersions.changed_at), desc(policyVersions.version))
    .limit(limit);
  return rows.map(({ now, was }) => ({
    code: now.country,
    version: now.version,
    action: now.action,
    phase: now.phase as Phase,
    at: new Date(now.changed_at).toISOString(),
    by: now.changed_by,
    reason: now.reason,
    altered: was === null ? [] : alterations(now, was),
  }));
}

/** The newest changes of a workspace's countries, or of one country, newest first. */
export function readChanges(
  tx: Tx,
  workspaceId: string,
  code: string | null,
  limit: number,
): Promise<CountryChange[]> {
  const inWorkspace = eq(policyVersions.workspace_id, workspaceId);
  return select(tx, code === null ? inWorkspace : and(inWorkspace, eq(policyVersions.country, code)), limit);
}

/** The last change of each listed country, by its code. */
export async function readLastChanges(tx: Tx, workspaceId: string): Promise<Map<string, CountryChange>> {
  const isCurrent = sql`exists (select from ${countries} where ${countries.workspace_id} = ${policyVersions.workspace_id}
    and ${countries.code} = ${policyVersions.country} and ${countries.policy_version} = ${policyVersions.version})`;
  const changes = await select(tx, and(eq(policyVersions.workspace_id, workspaceId), isCurrent), 300);
  return new Map(changes.map((change) => [change.code, change]));
}
