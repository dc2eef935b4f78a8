import { sql } from "drizzle-orm";
import { service, type Tx } from "#lib/db/service.ts";
import type { CurrencyCode } from "./currencies.ts";
import type {
  ActivateInput,
  AdvanceInput,
  CapsInput,
  ChangeCapsInput,
  Country,
  ResumeInput,
  TimeZoneInput,
} from "./schema.ts";
import type { Operation, Phase } from "./vocabulary.ts";

/** A row of the view launch.capacity: one country and operation as it stands. */
export type CapacityRow = {
  country: Country["code"];
  operation: Operation;
  phase: Phase;
  phase_since: string;
  pause_reason: string | null;
  time_zone: string;
  policy_version: number;
  cap: number;
  amount_cap_minor: string | null;
  amount_currency: CurrencyCode | null;
  used: number;
  held: number;
  kept: number;
  amount_used_minor: string;
  day_on: string;
  resets_at: string;
};

type Changed = { code: string; phase: Phase; policy_version: number };

const ORDER: Operation[] = ["user", "payment", "creator"];

function gateOf(row: CapacityRow): Country["gates"][number] {
  return {
    operation: row.operation,
    cap: row.cap,
    used: row.used,
    held: row.held,
    kept: row.kept,
    remaining: Math.max(row.cap - row.used - row.kept, 0),
    amount_cap:
      row.amount_cap_minor === null || row.amount_currency === null
        ? null
        : { minor: Number(row.amount_cap_minor), currency: row.amount_currency },
    amount_used_minor: Number(row.amount_used_minor),
  };
}

/** Gathers the rows of launch.capacity into countries, gates in the order user, payment, creator. */
function countriesOf(rows: readonly CapacityRow[]): Country[] {
  const byCode = Map.groupBy(rows, (row) => row.country);
  return [...byCode.values()].flatMap((gates) => {
    const [first] = gates;
    if (first === undefined) return [];
    return {
      code: first.country,
      phase: first.phase,
      phase_since: new Date(first.phase_since).toISOString(),
      pause_reason: first.pause_reason,
      time_zone: first.time_zone,
      policy_version: first.policy_version,
      day: first.day_on,
      resets_at: new Date(first.resets_at).toISOString(),
      gates: gates.toSorted((a, b) => ORDER.indexOf(a.operation) - ORDER.indexOf(b.operation)).map(gateOf),
    };
  });
}

/** The countries of the key's workspace, or the one with this code. Throws not_found, unauthenticated, forbidden. */
export async function readCountries(keyHash: Buffer, scope: string, code: string | null): Promise<Country[]> {
  const rows = await service().execute<CapacityRow>(
    sql`select * from launch.read_capacity(${keyHash}::bytea, ${scope}, ${code})`,
  );
  return countriesOf(rows);
}

async function changed(rows: Promise<Iterable<Changed>>): Promise<Changed> {
  const [row] = await rows;
  if (row === undefined) throw new Error("a country change returned no row");
  return { code: row.code, phase: row.phase, policy_version: row.policy_version };
}

function capColumns(caps: CapsInput) {
  const minor = caps.amount === null ? -1 : (caps.amount?.minor ?? null);
  return sql`${caps.user ?? null}::int, ${caps.payment ?? null}::int, ${caps.creator ?? null}::int,
    ${minor}::bigint, ${caps.amount?.currency ?? null}::text`;
}

/** Lists countries as not launched. Resolves with how many were new. Throws forbidden. */
export async function listCountries(tx: Tx, workspaceId: string, codes: readonly string[]): Promise<number> {
  const [row] = await tx.execute<{ listed: number }>(
    sql`select launch.list_countries(${workspaceId}::uuid, ${sql.param(codes)}::text[]) as listed`,
  );
  return row?.listed ?? 0;
}

/** Takes a country that was never activated off the list. Throws illegal_transition, not_found, forbidden. */
export async function unlistCountry(tx: Tx, workspaceId: string, code: string): Promise<void> {
  await tx.execute(sql`select launch.unlist_country(${workspaceId}::uuid, ${code})`);
}

/** Opens a listed country for the first time. Throws illegal_transition, version_conflict, not_found, forbidden. */
export function activateCountry(
  tx: Tx,
  workspaceId: string,
  code: string,
  input: ActivateInput,
): Promise<Changed> {
  return changed(
    tx.execute<Changed>(sql`select * from launch.activate_country(${workspaceId}::uuid, ${code}, ${input.phase},
      ${capColumns(input.caps)}, ${input.reason ?? null}, ${input.expected_version ?? null}::int)`),
  );
}

/** Moves an open country forward; skipping a phase needs a reason. Throws illegal_transition, reason_required, version_conflict, not_found, forbidden. */
export function advanceCountry(
  tx: Tx,
  workspaceId: string,
  code: string,
  input: AdvanceInput,
): Promise<Changed> {
  return changed(
    tx.execute<Changed>(sql`select * from launch.advance_country(${workspaceId}::uuid, ${code}, ${input.phase},
      ${input.reason ?? null}, ${input.raise_caps}, ${input.expected_version ?? null}::int)`),
  );
}

/** Stops a country at once; nothing is granted after this resolves and its transaction commits. Throws illegal_transition, not_found, forbidden. */
export function pauseCountry(tx: Tx, workspaceId: string, code: string, reason: string): Promise<Changed> {
  return changed(
    tx.execute<Changed>(sql`select * from launch.pause_country(${workspaceId}::uuid, ${code}, ${reason})`),
  );
}

/** Reopens a paused country in the phase before or a lower one. Throws illegal_transition, version_conflict, not_found, forbidden. */
export function resumeCountry(
  tx: Tx,
  workspaceId: string,
  code: string,
  input: ResumeInput,
): Promise<Changed> {
  return changed(
    tx.execute<Changed>(sql`select * from launch.resume_country(${workspaceId}::uuid, ${code}, ${input.phase ?? null}::text,
      ${input.reason ?? null}, ${input.expected_version ?? null}::int)`),
  );
}

/** Changes caps without restarting the day. Throws illegal_transition (currency of a day in use), version_conflict, not_found, forbidden. */
export function changeCaps(
  tx: Tx,
  workspaceId: string,
  code: string,
  input: ChangeCapsInput,
): Promise<Changed> {
  return changed(
    tx.execute<Changed>(sql`select * from launch.change_caps(${workspaceId}::uuid, ${code}, ${capColumns(input.caps)},
      ${input.reason ?? null}, ${input.expected_version ?? null}::int)`),
  );
}

/** Gives a country another zone from its next day on. Throws invalid_input, version_conflict, not_found, forbidden. */
export function changeTimeZone(
  tx: Tx,
  workspaceId: string,
  code: string,
  input: TimeZoneInput,
): Promise<Changed> {
  return changed(
    tx.execute<Changed>(sql`select * from launch.change_time_zone(${workspaceId}::uuid, ${code}, ${input.time_zone},
      ${input.reason ?? null}, ${input.expected_version ?? null}::int)`),
  );
}

/** Adds units to today's counter (or takes them back); null resets it, and the amount it has spent, to what is held. Throws illegal_transition, reason_required, forbidden. */
export async function correctCounter(
  tx: Tx,
  workspaceId: string,
  correction: { country: string; operation: Operation; change: number | null; reason: string },
): Promise<{ used: number; held: number }> {
  const { country, operation, change, reason } = correction;
  const [row] = await tx.execute<{ used: number; held: number }>(
    sql`select * from launch.correct_counter(${workspaceId}::uuid, ${country}, ${operation}, ${change}::int, ${reason})`,
  );
  if (row === undefined) throw new Error("correct_counter returned no row");
  return row;
}
