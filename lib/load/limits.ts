import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "#lib/db/service.ts";
import type { LimitForm, SourceForm } from "./schema.ts";

/** Adds a limit, or changes the one whose version is given. Throws duplicate, version_conflict, not_found, invalid_input, forbidden. */
export async function setLimit(tx: Tx, workspaceId: string, limit: z.infer<typeof LimitForm>): Promise<void> {
  const { name, source, kind, value, enabled, event_type, event_seconds, mad_factor, floor, ceiling } = limit;
  await tx.execute(sql`select launch.set_limit(${workspaceId}::uuid, ${name}, ${source}, ${kind}, ${value ?? null}::double precision,
    ${enabled}, ${event_type ?? null}::text, ${event_seconds ?? null}::int, ${mad_factor}::double precision,
    ${floor ?? null}::double precision, ${ceiling ?? null}::double precision, ${limit.drift_percent / 100}::double precision,
    ${limit.min_samples}::int, ${limit.reason ?? null}::text, ${limit.version ?? null}::int)`);
}

/** Removes a limit and the source it was pulled from; measurements stay. Throws version_conflict, not_found, forbidden. */
export async function removeLimit(
  tx: Tx,
  workspaceId: string,
  { name, version, reason }: { name: string; version: number; reason: string },
): Promise<void> {
  await tx.execute(
    sql`select launch.remove_limit(${workspaceId}::uuid, ${name}, ${reason}, ${version}::int)`,
  );
}

/** Sets where a limit's measurement is pulled from. Without a header's value the one that is set stays. Throws not_found, invalid_input, forbidden. */
export async function setSource(
  tx: Tx,
  workspaceId: string,
  source: z.infer<typeof SourceForm>,
): Promise<void> {
  const { name, url, query, header_name, header_value, enabled } = source;
  await tx.execute(sql`select launch.set_measurement_source(${workspaceId}::uuid, ${name}, ${url}, ${query},
    ${header_name ?? null}::text, ${header_value ?? null}::text, ${enabled})`);
}

/** Stops pulling a measurement. Throws not_found, forbidden. */
export async function removeSource(tx: Tx, workspaceId: string, name: string): Promise<void> {
  await tx.execute(sql`select launch.remove_measurement_source(${workspaceId}::uuid, ${name})`);
}
