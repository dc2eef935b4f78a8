/** What becomes of a campaign, in order; cancelled at any time before its end. */
export const CAMPAIGN_STATUSES = ["draft", "scheduled", "live", "ended", "cancelled"] as const;

/** How a campaign's forecast spreads over its hours: most of it at the start, or evenly. */
export const CAMPAIGN_SHAPES = ["spike", "even"] as const;
