import type { ActionRow } from "./actions.ts";

const FILE = "app/(console)/[workspace]/experiments/actions.ts";
const reason = "tried as everybody";

/** Actions of experiments, as tests/access/actions.ts has them. By their turn CZ has been opened. */
export const EXPERIMENT_ACTIONS: Record<string, ActionRow> = {
  [`${FILE} create`]: {
    needs: "experiments.manage",
    input: () => ({
      country: "CZ",
      operation: "user",
      cap_a: 1,
      cap_b: 2,
      starts_on: new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10),
      days: 2,
      seed: reason,
      metric: "registrations",
    }),
  },
  [`${FILE} stop`]: {
    needs: "experiments.manage",
    input: () => ({ id: "00000000-0000-7000-8000-000000000000", reason }),
    code: "not_found",
  },
};
