import { and, eq, sql, sum } from "drizzle-orm";
import { capacity, usageSlots } from "#lib/db/launch-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import { readFlags } from "#lib/workspace/flags.ts";
import { type CountryChange, readChanges, readLastChanges } from "./country-changes.ts";
import { countryName } from "./country-name.ts";
import { isCurrency } from "./currencies.ts";
import type { Amount } from "./schema.ts";
import { readThrottle } from "./throttle.ts";
import { OPERATIONS, type OpenPhase, type Operation, type Phase } from "./vocabulary.ts";

/** What one operation of a country has used of its cap in the local day that is open now. `used` includes `held`. */
export type GateToday = {
  cap: number;
  used: number;
  held: number;
  /** Units of the cap that live campaigns still have to themselves. */
  kept: number;
  corrected: number;
  refused: number;
  amountCap: Amount | null;
  amountUsedMinor: number;
};

/** A country as its pages show it. Times are RFC 3339; `day` is the local date. */
export type CountryToday = {
  code: string;
  name: string;
  phase: Phase;
  phaseBeforePause: OpenPhase | null;
  phaseSince: string;
  pauseReason: string | null;
  timeZone: string;
  policyVersion: number;
  day: string;
  dayStartsAt: string;
  resetsAt: string;
  gates: Record<Operation, GateToday>;
  lastChange: CountryChange | null;
};

type CapacityRow = typeof capacity.$inferSelect;

const EMPTY: GateToday = {
  cap: 0,
  used: 0,
  held: 0,
  kept: 0,
  corrected: 0,
  refused: 0,
  amountCap: null,
  amountUsedMinor: 0,
};
const gateKey = (country: string, operation: string, day: string) => `${country} ${operation} ${day}`;
const time = (value: string) => new Date(value).toISOString();

/** Refused units by country, operation and local day, of the days that may be open anywhere now. */
async function readRefused(tx: Tx, workspaceId: string): Promise<Map<string, number>> {
  const rows = await tx
    .select({
      country: usageSlots.country,
      operation: usageSlots.operation,
      day: usageSlots.day_on,
      refused: sum(usageSlots.refused).mapWith(Number),
    })
    .from(usageSlots)
    .where(
      and(
        eq(usageSlots.workspace_id, workspaceId),
        sql`${usageSlots.slot_at} > launch.now() - interval '26 hours'`,
      ),
    )
    .groupBy(usageSlots.country, usageSlots.operation, usageSlots.day_on);
  return new Map(rows.map((row) => [gateKey(row.country, row.operation, row.day), row.refused]));
}

function gateOf(row: CapacityRow, refused: Map<string, number>): GateToday {
  const { amount_cap_minor: minor, amount_currency: currency } = row;
  return {
    cap: row.cap,
    used: row.used,
    held: row.held,
    kept: row.kept,
    corrected: row.corrected,
    refused: refused.get(gateKey(row.country, row.operation, row.day_on)) ?? 0,
    amountCap: minor === null || currency === null || !isCurrency(currency) ? null : { minor, currency },
    amountUsedMinor: row.amount_used_minor,
  };
}

function countryOf(
  rows: CapacityRow[],
  refused: Map<string, number>,
  change: CountryChange | null,
): CountryToday[] {
  const [first] = rows;
  if (first === undefined) return [];
  const gates = new Map(rows.map((row) => [row.operation, gateOf(row, refused)]));
  return [
    {
      code: first.country,
      name: countryName(first.country),
      phase: first.phase as Phase,
      phaseBeforePause: first.phase_before_pause as OpenPhase | null,
      phaseSince: time(first.phase_since),
      pauseReason: first.pause_reason,
      timeZone: first.time_zone,
      policyVersion: first.policy_version,
      day: first.day_on,
      dayStartsAt: time(first.day_starts_at),
      resetsAt: time(first.resets_at),
      gates: {
        user: gates.get("user") ?? EMPTY,
        payment: gates.get("payment") ?? EMPTY,
        creator: gates.get("creator") ?? EMPTY,
      },
      lastChange: change,
    },
  ];
}

/** Every listed country of the workspace with its gates as they stand, by name. */
export async function readCountriesToday(tx: Tx, workspaceId: string): Promise<CountryToday[]> {
  const [rows, refused, changes] = await Promise.all([
    tx.select().from(capacity).where(eq(capacity.workspace_id, workspaceId)),
    readRefused(tx, workspaceId),
    readLastChanges(tx, workspaceId),
  ]);
  return [...Map.groupBy(rows, (row) => row.country)]
    .flatMap(([code, gates]) => countryOf(gates, refused, changes.get(code) ?? null))
    .toSorted((a, b) => a.name.localeCompare(b.name, "en"));
}

/** One listed country, or null when nobody has listed it. */
export async function readCountryToday(
  tx: Tx,
  workspaceId: string,
  code: string,
): Promise<CountryToday | null> {
  const [rows, refused, changes] = await Promise.all([
    tx
      .select()
      .from(capacity)
      .where(and(eq(capacity.workspace_id, workspaceId), eq(capacity.country, code))),
    readRefused(tx, workspaceId),
    readChanges(tx, workspaceId, code, 1),
  ]);
  return countryOf(rows, refused, changes[0] ?? null)[0] ?? null;
}

/** Today at a glance: countries, the throttle in force, the flags that are off, the newest changes. Throws forbidden. */
export async function readOverview(tx: Tx, workspaceId: string) {
  const [countries, throttle, flags, changes] = await Promise.all([
    readCountriesToday(tx, workspaceId),
    readThrottle(tx, workspaceId),
    readFlags(tx, workspaceId),
    readChanges(tx, workspaceId, null, 8),
  ]);
  return { countries, throttle, flagsOff: flags.filter((flag) => !flag.enabled), changes };
}

/** Units granted, held and refused today over several countries, per operation. */
export function totalsToday(
  countries: readonly CountryToday[],
): Record<Operation, { used: number; cap: number; refused: number; held: number }> {
  const total = (operation: Operation) => {
    const gates = countries
      .filter((country) => country.phase !== "not_launched")
      .map((country) => country.gates[operation]);
    const add = (pick: (gate: GateToday) => number) => gates.reduce((all, gate) => all + pick(gate), 0);
    return {
      used: add((gate) => gate.used),
      cap: add((gate) => gate.cap),
      refused: add((gate) => gate.refused),
      held: add((gate) => gate.held),
    };
  };
  const [user, payment, creator] = OPERATIONS;
  return { user: total(user), payment: total(payment), creator: total(creator) };
}
