/** The words of alerts. The same in SQL, in the API and on screen. Portable: no imports. */

export const ALERT_KINDS = [
  "capacity",
  "load",
  "threat",
  "risk",
  "region",
  "campaign",
  "job",
  "delivery",
] as const;

export const ALERT_SEVERITIES = ["warning", "critical"] as const;

export const ALERT_STATUSES = ["open", "acknowledged", "resolved"] as const;

/** How an alert ended: as a person judged it, or because its condition went by itself. */
export const ALERT_OUTCOMES = ["true_positive", "false_positive", "recovered"] as const;

export const ALERT_CHANGES = [
  "opened",
  "worsened",
  "acknowledged",
  "assigned",
  "muted",
  "unmuted",
  "resolved",
  "reopened",
] as const;

/** What a person may say when they resolve one. */
export const PERSONS_OUTCOMES = ["true_positive", "false_positive"] as const;
