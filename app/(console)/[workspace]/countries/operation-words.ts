import type { OpenPhase, Operation, Reason } from "#lib/launch/vocabulary.ts";
import { DEFAULT_USER_UNITS } from "#lib/launch/vocabulary.ts";

/** What each operation counts, as a heading. */
export const OPERATION_WORDS: Record<Operation, string> = {
  user: "Users",
  payment: "Payments",
  creator: "Creators",
};

/** An answer's reason as people read it. */
export const REASON_WORDS: Record<Reason, string> = {
  granted: "Granted",
  unlisted: "Granted, unlisted country",
  engine_disabled: "Granted, engine off",
  cap_reached: "Cap reached",
  amount_cap_reached: "Amount cap reached",
  paused: "Paused",
  not_launched: "Not launched",
  throttled: "Throttled",
  blocked: "Blocked",
  queued: "Queued",
};

/** The caps a phase starts with. */
export function defaultCaps(phase: OpenPhase): Record<Operation, number> {
  const user = DEFAULT_USER_UNITS[phase];
  return { user, payment: user * 10, creator: Math.floor(user / 10) };
}
