import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "#lib/db/service.ts";
import type { Throttle, ThrottleWithMeasurements } from "./schema.ts";

type Row = {
  level: number;
  level_since: string | null;
  forced_until: string | null;
  user_yields_from: number;
  payment_yields_from: number;
  creator_yields_from: number;
};

type Measurement = Omit<z.infer<typeof ThrottleWithMeasurements>["measurements"][number], "measured_at"> & {
  measured_at: string | null;
};

/** The throttle level in force with the measurements behind it, by name. Throws forbidden. */
export async function readThrottleWithMeasurements(
  tx: Tx,
  workspaceId: string,
): Promise<z.infer<typeof ThrottleWithMeasurements>> {
  const throttle = await readThrottle(tx, workspaceId);
  const rows = await tx.execute<Measurement>(
    sql`select * from launch.read_throttle_measurements(${workspaceId}::uuid)`,
  );
  const measurements = rows.map(({ measured_at, ...row }) => ({
    ...row,
    measured_at: measured_at === null ? null : new Date(measured_at).toISOString(),
  }));
  return { ...throttle, measurements };
}

/** The throttle level in force and what each operation yields to. Throws forbidden. */
export async function readThrottle(tx: Tx, workspaceId: string): Promise<z.infer<typeof Throttle>> {
  const [row] = await tx.execute<Row>(sql`select * from launch.read_throttle(${workspaceId}::uuid)`);
  if (row === undefined) throw new Error("read_throttle returned no row");
  return {
    level: row.level,
    level_since: row.level_since === null ? null : new Date(row.level_since).toISOString(),
    forced_until: row.forced_until === null ? null : new Date(row.forced_until).toISOString(),
    yields_from: {
      user: row.user_yields_from,
      payment: row.payment_yields_from,
      creator: row.creator_yields_from,
    },
  };
}
