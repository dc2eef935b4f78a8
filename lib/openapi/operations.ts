import { z } from "zod";
import { ThrottleWithMeasurements } from "#lib/launch/schema.ts";
import { ALERT_OPERATIONS } from "./alert-operations.ts";
import { CAMPAIGN_OPERATIONS } from "./campaign-operations.ts";
import { CAMPAIGN_TASK_OPERATIONS } from "./campaign-task-operations.ts";
import { CAP_CHECK_OPERATIONS } from "./cap-check-operations.ts";
import { COUNTRY_OPERATIONS } from "./country-operations.ts";
import { DRY_RUN_OPERATIONS } from "./dry-run-operations.ts";
import { FORECAST_OPERATIONS } from "./forecast-operations.ts";
import { JOB_OPERATIONS } from "./job-operations.ts";
import { LINK_OPERATIONS } from "./link-operations.ts";
import { type Operation, page } from "./operation.ts";
import { REPORT_OPERATIONS } from "./report-operations.ts";
import { SEQUENCE_OPERATIONS } from "./sequence-operations.ts";
import { SIGNALS_OPERATIONS } from "./signals-operations.ts";
import { THREAT_OPERATIONS } from "./threat-operations.ts";
import { TICKET_OPERATIONS } from "./ticket-operations.ts";

const Flag = z
  .object({
    key: z.string(),
    enabled: z.boolean(),
    version: z.int(),
    updated_at: z.string(),
    description: z.string(),
  })
  .meta({ id: "Flag" });

/** Every operation of /api/v1, in the order the docs page shows them. A test holds it against the routes. */
export const OPERATIONS: Operation[] = [
  ...CAP_CHECK_OPERATIONS,
  ...TICKET_OPERATIONS,
  ...COUNTRY_OPERATIONS,
  ...FORECAST_OPERATIONS,
  ...SEQUENCE_OPERATIONS,
  ...SIGNALS_OPERATIONS,
  ...CAMPAIGN_OPERATIONS,
  ...CAMPAIGN_TASK_OPERATIONS,
  ...LINK_OPERATIONS,
  ...DRY_RUN_OPERATIONS,
  ...REPORT_OPERATIONS,
  {
    method: "get",
    path: "/api/v1/throttle",
    tag: "Throttle",
    id: "read_throttle",
    summary: "The throttle level in force and the measurements behind it",
    scope: "throttle.read",
    answer: ThrottleWithMeasurements,
    refuses: [],
  },
  {
    method: "get",
    path: "/api/v1/flags",
    tag: "Flags",
    id: "list_flags",
    summary: "The workspace's flags",
    scope: "flags.read",
    answer: page(Flag),
    refuses: [],
  },
  ...ALERT_OPERATIONS,
  ...THREAT_OPERATIONS,
  ...JOB_OPERATIONS,
];
