import { sql } from "drizzle-orm";
import { service } from "#lib/db/service.ts";

export interface Readiness {
  /** Version of the newest migration. */
  migration: string;
  /** Days of receipts that have a partition already, today included. */
  partition_days: number;
  /** Seconds since each job's last good run; null when it never had one. */
  jobs: Record<string, number | null>;
}

/** Whether the database answers, and in what state it is. Throws what the driver throws when it does not. */
export async function readReadiness(): Promise<Readiness> {
  const [row] = await service().execute<Readiness & Record<string, unknown>>(
    sql`select migration, partition_days, jobs from app.read_readiness()`,
  );
  if (row === undefined) throw new Error("read_readiness returned no row");
  return { migration: row.migration, partition_days: row.partition_days, jobs: row.jobs };
}
