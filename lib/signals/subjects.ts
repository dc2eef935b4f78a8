import { sql } from "drizzle-orm";
import type { Tx } from "#lib/db/service.ts";
import { AppError } from "#lib/errors.ts";
import type { SubjectCountry } from "./schema.ts";

/** The country that a subject's events last reported. Throws not_found when none did in the last 120 days, forbidden. */
export async function readSubjectCountry(
  tx: Tx,
  workspaceId: string,
  subject: string,
): Promise<SubjectCountry> {
  const [row] = await tx.execute<SubjectCountry>(
    sql`select * from launch.read_subject_country(${workspaceId}::uuid, ${subject})`,
  );
  if (row === undefined) throw new AppError("not_found", "No event of this subject named a country.");
  return { ...row, reported_at: new Date(row.reported_at).toISOString() };
}
