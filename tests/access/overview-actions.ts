import type { ActionRow } from "./actions.ts";

const ROUTINES = "app/(console)/[workspace]/routines/actions.ts";
const REPORTS = "app/(console)/[workspace]/reports/actions.ts";
const NOBODY = "00000000-0000-7000-8000-000000000000";

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
};
