/** Why a click is a bot's, or nobody's, and is not counted: a program by its name, a HEAD request, a browser's prefetch, one visitor's flood, or a product's word. */
export const BOT_REASONS = ["user_agent", "head", "prefetch", "repeated", "reported"] as const;
export type BotReason = (typeof BOT_REASONS)[number];

/** What a click may become, in order. */
export const ATTRIBUTION_STEPS = ["install", "registration", "creator", "purchase"] as const;

/** Clicks in one report. */
export const MOST_CLICKS = 1000;
