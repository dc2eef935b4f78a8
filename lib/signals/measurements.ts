import { sql } from "drizzle-orm";
import { plain, texts } from "#lib/db/array-text.ts";
import type { Tx } from "#lib/db/service.ts";
import type { MeasurementsInput } from "./schema.ts";

/**
 * Keeps measurements. The same name and time twice is the last value, so sending again is harmless. Returns how many rows that made or
 * changed. Throws forbidden, and invalid_input for a time that is ahead or no longer kept: then nothing was kept.
 */
export async function reportMeasurements(
  tx: Tx,
  workspaceId: string,
  { measurements }: MeasurementsInput,
): Promise<number> {
  const times = measurements.map(({ at }) => (at === undefined ? null : Date.parse(at)));
  const [row] = await tx.execute<{ kept: number }>(sql`
    select launch.report_measurements(${workspaceId}::uuid, ${texts(measurements.map(({ name }) => name))}::text::text[],
      ${plain(measurements.map(({ value }) => value))}::text::float8[], ${plain(times)}::text::bigint[]) as kept`);
  if (row === undefined) throw new Error("report_measurements returned no row");
  return row.kept;
}
