import { asKey } from "#lib/db/service.ts";
import { ScheduleInput } from "#lib/reports/schedule-schema.ts";
import { createSchedule, readSchedules } from "#lib/reports/schedules.ts";
import { json, route } from "#lib/route.ts";

const path = "/api/v1/report-schedules";

/** When reports are sent to whom, the oldest schedule first. */
export const GET = route({ path, perMinute: 600 }, async ({ keyHash }) =>
  json({ data: await asKey(keyHash, "reports.read", readSchedules), next_cursor: null }),
);

/** Schedules the monthly report and asks the outside addresses it names. */
export const POST = route({ path, body: ScheduleInput, perMinute: 60 }, async ({ keyHash, body }) =>
  json(await asKey(keyHash, "reports.manage", (tx, id) => createSchedule(tx, id, body))),
);
