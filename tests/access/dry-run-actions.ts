import type { ActionRow } from "./actions.ts";

const ACTIONS = "app/(console)/[workspace]/dry-runs/actions.ts";
const NOBODY = "00000000-0000-7000-8000-000000000000";

/** The rows of dry runs. */
export const DRY_RUN_ACTIONS: Record<string, ActionRow> = {
  [`${ACTIONS} ask`]: {
    needs: "dryruns.run",
    input: () => ({ proposal: { countries: { PL: { user_units: 5 } } }, days: 1 }),
  },
  [`${ACTIONS} cancel`]: {
    needs: "dryruns.run",
    input: () => ({ id: NOBODY }),
    code: "not_found",
  },
  [`${ACTIONS} step`]: {
    needs: "dryruns.run",
    input: () => ({ id: NOBODY }),
    code: "not_found",
  },
};
