/** The words of channels and deliveries. The same in SQL, in messages and on screen. Portable: no imports. */

export const CHANNEL_KINDS = ["slack", "pagerduty", "email", "webhook"] as const;

/** What a channel may ask for. A test is sent by hand and asked for by nobody. */
export const MESSAGE_TYPES = [
  "alert.opened",
  "alert.worsened",
  "alert.acknowledged",
  "alert.reopened",
  "alert.resolved",
  "country.activated",
  "country.advanced",
  "country.paused",
  "country.resumed",
  "country.caps_changed",
  "country.time_zone_changed",
  "summary.daily",
] as const;

export const DELIVERY_STATES = ["pending", "delivered", "dead"] as const;

/** Why a channel is switched off. */
export const DISABLED_REASONS = ["person", "gone", "failing", "deleted"] as const;

/** Seconds from a failed try to the next, after Standard Webhooks. Up to a tenth more is added. After the tenth try it is given up. */
export const RETRY_SECONDS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
