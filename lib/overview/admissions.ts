import { sql } from "drizzle-orm";
import type { Tx } from "#lib/db/service.ts";

const SLOT_MS = 300_000;
const SLOTS = 12;

/** Users let in and refused, a minute, from `at` (milliseconds) on: the mean of five minutes, the last of those that have passed. */
export type Admissions = { at: number; granted: number; refused: number };

type Row = { slot_at: string; granted: string; refused: string };

/** The slots of an hour that ends at `now`, as units a minute; five minutes in which nobody asked are 0. */
export function perMinute(
  rows: readonly { at: number; granted: number; refused: number }[],
  now: number,
): Admissions[] {
  const last = Math.floor(now / SLOT_MS) * SLOT_MS;
  return Array.from({ length: SLOTS + 1 }, (_, index) => {
    const at = last - (SLOTS - index) * SLOT_MS;
    const row = rows.find((one) => one.at === at);
    // Half a minute at least: a slot that has just begun would make a spike of one admission.
    const minutes = Math.max(Math.min(now - at, SLOT_MS) / 60_000, 0.5);
    return { at, granted: (row?.granted ?? 0) / minutes, refused: (row?.refused ?? 0) / minutes };
  });
}

/** Admissions a minute over the last hour, over all listed countries. Throws forbidden. */
export async function readAdmissions(tx: Tx, workspaceId: string, now: number): Promise<Admissions[]> {
  const from = new Date(Math.floor(now / SLOT_MS) * SLOT_MS - SLOTS * SLOT_MS).toISOString();
  const rows = await tx.execute<Row>(
    sql`select slot_at, granted, refused from launch.read_admissions(${workspaceId}::uuid, ${from}::timestamptz)`,
  );
  return perMinute(
    rows.map((row) => ({
      at: Date.parse(row.slot_at),
      granted: Number(row.granted),
      refused: Number(row.refused),
    })),
    now,
  );
}
