import type { ActionRow } from "./actions.ts";

const ROUTINES = "app/(console)/[workspace]/routines/actions.ts";
const REPORTS = "app/(console)/[workspace]/reports/actions.ts";
const SCHEDULES = "app/(console)/[workspace]/reports/schedule-actions.ts";
const SUMMARY = "app/(console)/[workspace]/reports/summary-actions.ts";
const NOBODY = "00000000-0000-7000-8000-000000000000";

const monthly = () => ({
  name: "Monthly",
  day_of_month: 1,
  hour: 8,
  time_zone: "UTC",
  recipients: "investor@example.com",
});
const noSchedule = (more: object = {}): ActionRow => ({
  needs: "reports.manage",
  input: () => ({ id: NOBODY, ...more }),
  code: "not_found",
});

/** The rows of mission control's neighbours. */
export const OVERVIEW_ACTIONS: Record<string, ActionRow> = {
  [`${ROUTINES} tick`]: {
    needs: "routines.tick",
    input: () => ({ item: NOBODY, done: "true" }),
    code: "not_found",
  },
  [`${ROUTINES} save`]: {
    needs: "routines.manage",
    input: () => ({
      routine: "friday",
      items: "Prepare weekend monitoring | load",
      time_zone: "UTC",
      version: 1,
    }),
  },
  [`${REPORTS} make`]: {
    needs: "reports.manage",
    input: () => ({ month: new Date().toISOString().slice(0, 7) }),
  },
  [`${SCHEDULES} createOne`]: { needs: "reports.manage", input: monthly },
  [`${SCHEDULES} changeOne`]: noSchedule({ ...monthly(), expected_version: 1 }),
  [`${SCHEDULES} switchOne`]: noSchedule({ enabled: "false" }),
  [`${SCHEDULES} deleteOne`]: noSchedule(),
  [`${SCHEDULES} testOne`]: noSchedule(),
  [`${SUMMARY} setSummary`]: {
    needs: "reports.manage",
    input: () => ({ hour: 8, time_zone: "UTC", expected_version: 7 }),
    code: "version_conflict",
  },
  [`${SUMMARY} testSummary`]: { needs: "reports.manage" },
};
