import { asKey } from "#lib/db/service.ts";
import { ScheduleChange, ScheduleId, ScheduleRemovalQuery } from "#lib/reports/schedule-schema.ts";
import { changeSchedule, deleteSchedule, readSchedule } from "#lib/reports/schedules.ts";
import { json, route } from "#lib/route.ts";

const path = "/api/v1/report-schedules/{id}";

/** One schedule, with what became of the last mail to each recipient. */
export const GET = route({ path, params: ScheduleId, perMinute: 600 }, async ({ keyHash, params }) =>
  json(await asKey(keyHash, "reports.read", (tx, id) => readSchedule(tx, id, params.id))),
);

/** Changes a schedule, or switches it on or off. */
export const PATCH = route(
  { path, params: ScheduleId, body: ScheduleChange, perMinute: 60 },
  async ({ keyHash, params, body }) =>
    json(await asKey(keyHash, "reports.manage", (tx, id) => changeSchedule(tx, id, params.id, body))),
);

/** Deletes a schedule. */
export const DELETE = route(
  { path, params: ScheduleId, query: ScheduleRemovalQuery, perMinute: 60 },
  async ({ keyHash, params, query }) => {
    await asKey(keyHash, "reports.manage", (tx, id) =>
      deleteSchedule(tx, id, params.id, query.expected_version),
    );
    return new Response(null, { status: 204 });
  },
);
