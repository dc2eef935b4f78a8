/** What a product reports. The same in SQL, in the API and on screen. Portable: no imports. */

export const EVENT_TYPES = [
  "app.installed",
  "registration.completed",
  "verification.completed",
  "chat.started",
  "purchase.completed",
  "purchase.charged_back",
  "creator.registered",
  "support.ticket_opened",
  "safety.incident_reported",
  "churn.risk_reported",
  "store.rated",
  "campaign.touched",
  "blocklist.added",
  "blocklist.removed",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Events in a batch, measurements in a request. */
export const MOST_REPORTS = 1000;
