/** Where a limit's value comes from. */
export const LIMIT_SOURCES = ["reported", "events", "prometheus"] as const;
export type LimitSource = (typeof LIMIT_SOURCES)[number];

/** A number somebody set, or one that is learned. */
export const LIMIT_KINDS = ["static", "adaptive"] as const;
export type LimitKind = (typeof LIMIT_KINDS)[number];
