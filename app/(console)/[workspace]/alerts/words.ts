import type { Alert, AlertChange } from "#lib/alerts/schema.ts";

const STATUS_WORDS: Record<Alert["status"], string> = {
  open: "Open",
  acknowledged: "Acknowledged",
  resolved: "Resolved",
};

const OUTCOME_WORDS: Record<NonNullable<Alert["outcome"]>, string> = {
  true_positive: "a true positive",
  false_positive: "a false positive",
  recovered: "recovered by itself",
};

export const KIND_WORDS: Record<Alert["kind"], string> = {
  capacity: "Capacity",
  load: "Load",
  threat: "Threats",
  risk: "Risk",
  region: "Regions",
  campaign: "Campaigns",
  job: "Jobs",
  delivery: "Delivery",
};

const CHANGE_WORDS: Record<Exclude<AlertChange["change"], "assigned">, string> = {
  opened: "Opened",
  worsened: "Worsened",
  acknowledged: "Acknowledged",
  muted: "Muted",
  unmuted: "Mute ended",
  resolved: "Resolved",
  reopened: "Reopened",
};

/** "Resolved, a false positive". */
export function statusWords({ status, outcome }: Pick<Alert, "status" | "outcome">): string {
  return outcome === null ? STATUS_WORDS[status] : `${STATUS_WORDS[status]}, ${OUTCOME_WORDS[outcome]}`;
}

/** What happened, with whom an assigned one went to. */
export function changeWords({ change, note }: Pick<AlertChange, "change" | "note">): string {
  if (change !== "assigned") return CHANGE_WORDS[change];
  return note === null ? "Given to nobody" : `Given to ${note}`;
}
