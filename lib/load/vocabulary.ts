/** Where a limit's value comes from. */
export const LIMIT_SOURCES = ["reported", "events", "prometheus"] as const;

/** A number somebody set, or one that is learned. */
export const LIMIT_KINDS = ["static", "adaptive"] as const;
