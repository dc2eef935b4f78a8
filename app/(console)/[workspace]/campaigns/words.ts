import type { CampaignStatus } from "#lib/campaigns/vocabulary.ts";

/** A campaign's status in words. */
export const STATUS_WORDS: Record<CampaignStatus, string> = {
  draft: "Draft",
  scheduled: "Scheduled",
  live: "Live",
  ended: "Ended",
  cancelled: "Cancelled",
};

export const STATUS_COLORS: Record<CampaignStatus, string> = {
  draft: "gray",
  scheduled: "blue",
  live: "green",
  ended: "gray",
  cancelled: "red",
};
