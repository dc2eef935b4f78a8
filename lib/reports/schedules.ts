import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "#lib/db/service.ts";

const storable = (text: string) => !text.includes("\0");

const schedule = {
  name: z.string("Give it a name.").trim().min(1, "Give it a name.").max(80).refine(storable),
  day_of_month: z.coerce.number("Choose a day.").int().min(1).max(28),
  hour: z.coerce.number("Choose an hour.").int().min(0).max(23),
  time_zone: z.string("Enter a time zone.").trim().min(1, "Enter a time zone.").max(64).refine(storable),
  recipients: z
    .string("Enter at least one address.")
    .transform((text) => text.split(/[\s,;]+/).filter((address) => address !== ""))
    .pipe(
      z
        .array(z.email("This is no e-mail address."))
        .min(1, "Enter at least one address.")
        .max(20, "At most 20."),
    ),
};

/** A schedule as its form sends it. */
export const NewSchedule = z.object(schedule);
export const ScheduleChange = z.object({
  ...schedule,
  id: z.uuid(),
  expected_version: z.coerce.number().int(),
});
export const ScheduleId = z.object({ id: z.uuid() });
export const ScheduleSwitch = z.object({ id: z.uuid(), enabled: z.stringbool() });

/** A recipient, what they are to the workspace, and the outcome of the last letter to them. */
export type Recipient = {
  email: string;
  kind: "member" | "other_member" | "outside" | "unconfirmed";
  sent_at: string | null;
  state: "sent" | "failed" | "retrying" | "waiting" | null;
  error: string | null;
  test: boolean | null;
};

/** A schedule as its page shows it. */
export type Schedule = {
  id: string;
  name: string;
  day_of_month: number;
  hour: number;
  time_zone: string;
  enabled: boolean;
  due_at: string;
  version: number;
  recipients: Recipient[];
};

/** A workspace's schedules, oldest first. Throws forbidden. */
export async function readSchedules(tx: Tx, workspaceId: string): Promise<Schedule[]> {
  const rows = await tx.execute<Schedule>(
    sql`select * from launch.read_report_schedules(${workspaceId}::uuid)`,
  );
  return rows.map((row) => ({ ...row, due_at: new Date(row.due_at).toISOString() }));
}

/** Makes a schedule and asks the outside addresses it names. Throws invalid_input, forbidden. */
export async function createSchedule(
  tx: Tx,
  workspaceId: string,
  { name, day_of_month: day, hour, time_zone: zone, recipients }: z.infer<typeof NewSchedule>,
): Promise<void> {
  await tx.execute(sql`select launch.create_report_schedule(${workspaceId}::uuid, ${name}, ${day}, ${hour}, ${zone},
    ${sql.param(recipients)}::text[])`);
}

/** Changes a schedule. A month that was sent is not sent again. Throws invalid_input, not_found, version_conflict, forbidden. */
export async function changeSchedule(
  tx: Tx,
  workspaceId: string,
  {
    id,
    name,
    day_of_month: day,
    hour,
    time_zone: zone,
    recipients,
    expected_version: version,
  }: z.infer<typeof ScheduleChange>,
): Promise<void> {
  await tx.execute(sql`select launch.change_report_schedule(${workspaceId}::uuid, ${id}::uuid, ${name}, ${day}, ${hour}, ${zone},
    ${sql.param(recipients)}::text[], ${version})`);
}

/** Switches a schedule on or off. On again, what it missed meanwhile is not sent. Throws not_found, forbidden. */
export async function switchSchedule(
  tx: Tx,
  workspaceId: string,
  { id, enabled }: z.infer<typeof ScheduleSwitch>,
): Promise<void> {
  await tx.execute(sql`select launch.switch_report_schedule(${workspaceId}::uuid, ${id}::uuid, ${enabled})`);
}

/** Deletes a schedule. Throws not_found, forbidden. */
export async function deleteSchedule(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.execute(sql`select launch.delete_report_schedule(${workspaceId}::uuid, ${id}::uuid)`);
}

/** Makes last month's package and mails it to the person who asks, alone. Throws not_found, forbidden. */
export async function testSchedule(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.execute(sql`select launch.test_report_schedule(${workspaceId}::uuid, ${id}::uuid)`);
}
