import { and, asc, desc, eq } from "drizzle-orm";
import { capacity, counterDays, usageSlots } from "#lib/db/launch-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import type { Operation } from "./vocabulary.ts";

const SLOT_MS = 300_000;

/** A local day that is over, as a choice on the page. */
export type FinishedDay = { day: string; used: number; cap: number | null };

/** Usage of one operation over one local day. `at` in milliseconds; both values grow over the day. */
export type UsageDay = {
  day: string;
  from: number;
  to: number;
  cap: number | null;
  used: number;
  corrected: number;
  points: { at: number; used: number; refused: number }[];
};

type Where = { workspaceId: string; code: string; operation: Operation };
type Slot = { at: number; granted: number; returned: number; refused: number };

/**
 * Points of a day from its slots. Between slots nothing happened, so a gap gets a point at its far end; the last point is what the counter
 * says, which also knows corrections and returns after the day's end.
 */
function pointsOf(slots: readonly Slot[], from: number, until: number, used: number): UsageDay["points"] {
  const points = [{ at: from, used: 0, refused: 0 }];
  let last = { at: from, used: 0, refused: 0 };
  for (const slot of slots) {
    if (slot.at > last.at) points.push({ ...last, at: slot.at });
    last = {
      at: Math.min(Math.max(slot.at + SLOT_MS, from), until),
      used: Math.max(last.used + slot.granted - slot.returned, 0),
      refused: last.refused + slot.refused,
    };
    points.push(last);
  }
  if (until > last.at || last.used !== used) points.push({ at: until, used, refused: last.refused });
  return points;
}

async function readBounds(tx: Tx, { workspaceId, code, operation }: Where, day: string | null) {
  if (day !== null) {
    const [row] = await tx
      .select()
      .from(counterDays)
      .where(
        and(
          eq(counterDays.workspace_id, workspaceId),
          eq(counterDays.country, code),
          eq(counterDays.operation, operation),
          eq(counterDays.day_on, day),
        ),
      );
    if (row !== undefined) return { ...row, resets_at: row.day_ends_at };
  }
  const [row] = await tx
    .select()
    .from(capacity)
    .where(
      and(
        eq(capacity.workspace_id, workspaceId),
        eq(capacity.country, code),
        eq(capacity.operation, operation),
      ),
    );
  return row ?? null;
}

/** How a day filled up; `day` null is the one that is open. A day that isn't kept reads as today. Null for an unlisted country. */
export async function readUsageDay(
  tx: Tx,
  where: Where,
  day: string | null,
  now: number,
): Promise<UsageDay | null> {
  const bounds = await readBounds(tx, where, day);
  if (bounds === null) return null;
  const slots = await tx
    .select({
      at: usageSlots.slot_at,
      granted: usageSlots.granted,
      returned: usageSlots.returned,
      refused: usageSlots.refused,
    })
    .from(usageSlots)
    .where(
      and(
        eq(usageSlots.workspace_id, where.workspaceId),
        eq(usageSlots.country, where.code),
        eq(usageSlots.operation, where.operation),
        eq(usageSlots.day_on, bounds.day_on),
      ),
    )
    .orderBy(asc(usageSlots.slot_at));
  const [from, to] = [Date.parse(bounds.day_starts_at), Date.parse(bounds.resets_at)];
  const numbered = slots.map((slot) => ({ ...slot, at: Date.parse(slot.at) }));
  return {
    day: bounds.day_on,
    from,
    to,
    cap: bounds.cap,
    used: bounds.used,
    corrected: bounds.corrected,
    points: pointsOf(numbered, from, Math.min(to, now), bounds.used),
  };
}

/** The last 60 finished local days of an operation, newest first. */
export function readFinishedDays(tx: Tx, { workspaceId, code, operation }: Where): Promise<FinishedDay[]> {
  return tx
    .select({ day: counterDays.day_on, used: counterDays.used, cap: counterDays.cap })
    .from(counterDays)
    .where(
      and(
        eq(counterDays.workspace_id, workspaceId),
        eq(counterDays.country, code),
        eq(counterDays.operation, operation),
      ),
    )
    .orderBy(desc(counterDays.day_on))
    .limit(60);
}
