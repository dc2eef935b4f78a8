import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "#lib/db/service.ts";
import type { ChannelRow } from "#lib/delivery/channels.ts";
import type { DeliveryRow } from "#lib/delivery/deliveries.ts";

/** When the daily summary is sent, as its form sends it. The version is 0 for what was never set. */
export const SummaryForm = z.object({
  enabled: z.stringbool().default(false),
  hour: z.coerce.number("Choose an hour.").int().min(0).max(23),
  time_zone: z.string("Enter a time zone.").trim().min(1, "Enter a time zone.").max(64),
  expected_version: z.coerce.number().int(),
});

/** A channel that wants the summary, and what became of the last one to it. */
export type SummaryChannel = {
  name: string;
  kind: ChannelRow["kind"];
  enabled: boolean;
  state: DeliveryRow["state"] | null;
  at: string | null;
  error: string | null;
};

/** When the summary is sent, and where; `settings` is null where nothing was ever set. */
export type DailySummary = {
  settings: { enabled: boolean; hour: number; time_zone: string; due_at: string } | null;
  version: number;
  channels: SummaryChannel[];
};

/** The daily summary's settings and channels. Throws forbidden. */
export async function readDailySummary(tx: Tx, workspaceId: string): Promise<DailySummary> {
  const [row] = await tx.execute<{
    enabled: boolean | null;
    hour: number;
    time_zone: string;
    due_at: string;
    version: number;
    channels: SummaryChannel[];
  }>(sql`select * from launch.read_daily_summary(${workspaceId}::uuid)`);
  if (row === undefined) throw new Error("read_daily_summary returned no row");
  const { enabled, hour, time_zone, due_at: due, version, channels } = row;
  const settings =
    enabled === null ? null : { enabled, hour, time_zone, due_at: new Date(due).toISOString() };
  return { settings, version, channels };
}

/** Says whether and when the summary is sent. A day that was sent is not sent again. Throws invalid_input, version_conflict, forbidden. */
export async function setDailySummary(
  tx: Tx,
  workspaceId: string,
  { enabled, hour, time_zone: zone, expected_version: version }: z.infer<typeof SummaryForm>,
): Promise<void> {
  await tx.execute(
    sql`select launch.set_daily_summary(${workspaceId}::uuid, ${enabled}, ${hour}, ${zone}, ${version})`,
  );
}

/** Sends the summary as of now to every channel that wants it. Resolves with how many those are. Throws forbidden. */
export async function testDailySummary(tx: Tx, workspaceId: string): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(
    sql`select launch.test_daily_summary(${workspaceId}::uuid) as count`,
  );
  return row?.count ?? 0;
}
