/** Words of campaigns. Portable: no imports. A test keeps them equal to the database's. */

/** What becomes of a campaign, in order; cancelled at any time before its end. */
export const CAMPAIGN_STATUSES = ["draft", "scheduled", "live", "ended", "cancelled"] as const;
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

/** How a campaign's forecast spreads over its hours: most of it at the start, or evenly. */
export const CAMPAIGN_SHAPES = ["spike", "even"] as const;

/** How long after a touch an install, or a later step, still belongs to it: days, at most and unless said otherwise. */
export const MOST_INSTALL_DAYS = 30;
export const MOST_LATER_DAYS = 90;
export const INSTALL_DAYS = 7;
export const LATER_DAYS = 30;

/** Units of the country's user cap that a campaign may keep for itself a day, at most. */
export const MOST_KEPT = 10_000_000;
