import { and, asc, eq, gte } from "drizzle-orm";
import { forecastOutcomes } from "#lib/db/forecast-schema.ts";
import type { Tx } from "#lib/db/service.ts";

/** An hour that is over: what was asked, and what of it was let in. `at` in milliseconds. */
export type PastHour = { at: number; demand: number; granted: number };

/** Measured hours of a country since a time (milliseconds), the oldest first. */
export async function readPastHours(
  tx: Tx,
  { workspaceId, code, since }: { workspaceId: string; code: string; since: number },
): Promise<PastHour[]> {
  const rows = await tx
    .select({
      at: forecastOutcomes.hour_at,
      demand: forecastOutcomes.demand,
      granted: forecastOutcomes.granted,
    })
    .from(forecastOutcomes)
    .where(
      and(
        eq(forecastOutcomes.workspace_id, workspaceId),
        eq(forecastOutcomes.country, code),
        gte(forecastOutcomes.hour_at, new Date(since).toISOString()),
      ),
    )
    .orderBy(asc(forecastOutcomes.hour_at));
  return rows.map((row) => ({ ...row, at: Date.parse(row.at) }));
}
