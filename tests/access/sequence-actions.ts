import type { ActionRow } from "./actions.ts";

const ACTIONS = "app/(console)/[workspace]/sequence/actions.ts";
const NOBODY = "00000000-0000-7000-8000-000000000000";
const reason = "tried as everybody";
const soon = () => new Date(Date.now() + 3_600_000).toISOString();

/** The rows of the market sequence, in an order in which each can succeed. */
export const SEQUENCE_ACTIONS: Record<string, ActionRow> = {
  [`${ACTIONS} extend`]: {
    needs: "sequence.manage",
    input: () => ({ countries: ["PL", "CZ"] }),
  },
  [`${ACTIONS} reorder`]: {
    needs: "sequence.manage",
    input: () => ({ countries: ["CZ", "PL"] }),
  },
  [`${ACTIONS} saveStep`]: {
    needs: "sequence.manage",
    input: () => ({ country: "CZ", mode: "manual", opens_as: "soft" }),
  },
  [`${ACTIONS} saveDependency`]: {
    needs: "sequence.manage",
    input: () => ({ country: "CZ", needs_country: "PL", phase: "public", days: 14 }),
  },
  [`${ACTIONS} startFreeze`]: {
    needs: "sequence.manage",
    input: () => ({ until: soon(), reason }),
  },
  [`${ACTIONS} thaw`]: {
    needs: "sequence.manage",
    input: () => ({ id: NOBODY }),
    code: "illegal_transition",
  },
  [`${ACTIONS} tick`]: {
    needs: "sequence.manage",
    input: () => ({ country: "PL", item: NOBODY, done: "true" }),
    code: "not_found",
  },
  [`${ACTIONS} saveChecklist`]: {
    needs: "sequence.manage",
    input: () => ({ items: "Everybody has tried it" }),
  },
  [`${ACTIONS} propose`]: {
    needs: "sequence.manage",
    input: () => ({ country: "CZ", reason }),
    code: "illegal_transition",
  },
  [`${ACTIONS} answer`]: {
    needs: "sequence.approve",
    input: () => ({ id: NOBODY, approve: "true" }),
    code: "not_found",
  },
  [`${ACTIONS} removeStep`]: {
    needs: "sequence.manage",
    input: () => ({ country: "CZ" }),
  },
};
