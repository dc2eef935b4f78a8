import { z } from "zod";
import {
  Schedule,
  ScheduleChange,
  ScheduleId,
  ScheduleInput,
  ScheduleRemovalQuery,
} from "#lib/reports/schedule-schema.ts";
import { type Operation, page } from "./operation.ts";

const path = "/api/v1/report-schedules";
const tag = "Reports";

/** When the monthly report is sent to whom. */
export const REPORT_OPERATIONS: Operation[] = [
  {
    method: "get",
    path,
    tag,
    id: "list_report_schedules",
    summary: "Schedules of the monthly report",
    description:
      "With what became of the last mail to each recipient. An outside address that took itself off is `left`.",
    scope: "reports.read",
    answer: page(Schedule).extend({
      next_cursor: z.null().meta({ description: "All of them come at once: 20 at most" }),
    }),
    refuses: [],
  },
  {
    method: "post",
    path,
    tag,
    id: "create_report_schedule",
    summary: "Schedule the monthly report",
    description: `On this day of each month the report of the month before is made, and a link to it is mailed. Members sign in to open it; an outside address is
asked first and gets nothing before it has confirmed itself. A name is taken once, so an answer that was lost is found by asking again.`,
    scope: "reports.manage",
    body: ScheduleInput,
    example: {
      name: "Investors",
      day_of_month: 3,
      hour: 9,
      time_zone: "Europe/Warsaw",
      recipients: ["investor@example.com"],
    },
    answer: Schedule,
    refuses: ["invalid_input", "duplicate"],
  },
  {
    method: "get",
    path: `${path}/{id}`,
    tag,
    id: "read_report_schedule",
    summary: "One schedule",
    scope: "reports.read",
    params: ScheduleId,
    answer: Schedule,
    refuses: ["invalid_input", "not_found"],
  },
  {
    method: "patch",
    path: `${path}/{id}`,
    tag,
    id: "change_report_schedule",
    summary: "Change a schedule, or switch it on or off",
    description:
      "What is left out stays. A month that was sent is not sent again, nor is one that was missed while it was off.",
    scope: "reports.manage",
    params: ScheduleId,
    body: ScheduleChange,
    example: {
      recipients: ["investor@example.com", "board@example.com"],
      enabled: true,
      expected_version: 1,
    },
    answer: Schedule,
    refuses: ["invalid_input", "not_found", "duplicate", "version_conflict"],
  },
  {
    method: "delete",
    path: `${path}/{id}`,
    tag,
    id: "delete_report_schedule",
    summary: "Delete a schedule",
    description: "Links that it sent to outside addresses end, unless another schedule names them.",
    scope: "reports.manage",
    params: ScheduleId,
    query: ScheduleRemovalQuery,
    refuses: ["invalid_input", "not_found", "version_conflict"],
  },
];
