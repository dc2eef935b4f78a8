import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "#lib/db/service.ts";
import type { Schedule, ScheduleChange, ScheduleInput, ScheduleSwitch } from "./schedule-schema.ts";

type Row = { schedule: Schedule };

function first(rows: readonly Row[]): Schedule {
  const [row] = rows;
  if (row === undefined) throw new Error("a schedule's function returned no row");
  return row.schedule;
}

/** A workspace's schedules, oldest first. Throws forbidden. */
export async function readSchedules(tx: Tx, workspaceId: string): Promise<Schedule[]> {
  const rows = await tx.execute<Row>(
    sql`select schedule from launch.read_report_schedules(${workspaceId}::uuid)`,
  );
  return rows.map(({ schedule }) => schedule);
}

/** One schedule. Throws not_found, forbidden. */
export async function readSchedule(tx: Tx, workspaceId: string, id: string): Promise<Schedule> {
  return first(
    await tx.execute<Row>(
      sql`select schedule from launch.read_report_schedule(${workspaceId}::uuid, ${id}::uuid)`,
    ),
  );
}

/** Makes a schedule and asks the outside addresses it names. Throws invalid_input, duplicate, forbidden. */
export async function createSchedule(
  tx: Tx,
  workspaceId: string,
  { name, day_of_month: day, hour, time_zone: zone, recipients, enabled }: ScheduleInput,
): Promise<Schedule> {
  return first(
    await tx.execute<Row>(sql`select launch.create_report_schedule(${workspaceId}::uuid, ${name}, ${day}, ${hour}, ${zone},
      ${sql.param(recipients)}::text[], ${enabled}) as schedule`),
  );
}

const orNull = <T>(value: T | undefined): T | null => value ?? null;

/**
 * Changes a schedule; what is left out stays. A month that was sent is not sent again. Throws invalid_input, duplicate, not_found,
 * version_conflict, forbidden.
 */
export async function changeSchedule(
  tx: Tx,
  workspaceId: string,
  id: string,
  { name, day_of_month: day, hour, time_zone: zone, recipients, expected_version, enabled }: ScheduleChange,
): Promise<Schedule> {
  return first(
    await tx.execute<Row>(sql`select launch.change_report_schedule(${workspaceId}::uuid, ${id}::uuid, ${orNull(name)}::text,
      ${orNull(day)}::int, ${orNull(hour)}::int, ${orNull(zone)}::text, ${sql.param(orNull(recipients))}::text[],
      ${orNull(expected_version)}::int, ${orNull(enabled)}::boolean) as schedule`),
  );
}

/** Switches a schedule on or off. On again, what it missed meanwhile is not sent. Throws not_found, forbidden. */
export async function switchSchedule(
  tx: Tx,
  workspaceId: string,
  { id, enabled }: z.infer<typeof ScheduleSwitch>,
): Promise<void> {
  await tx.execute(sql`select launch.switch_report_schedule(${workspaceId}::uuid, ${id}::uuid, ${enabled})`);
}

/** Deletes a schedule. Throws not_found, version_conflict, forbidden. */
export async function deleteSchedule(
  tx: Tx,
  workspaceId: string,
  id: string,
  version?: number,
): Promise<void> {
  await tx.execute(
    sql`select launch.delete_report_schedule(${workspaceId}::uuid, ${id}::uuid, ${orNull(version)}::int)`,
  );
}

/** Makes last month's package and mails it to the person who asks, alone. Throws not_found, forbidden. */
export async function testSchedule(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.execute(sql`select launch.test_report_schedule(${workspaceId}::uuid, ${id}::uuid)`);
}
