/** The words of the threat shield and the blocklist. A test keeps these lists equal to the database's. Portable: no imports. */

export const BLOCK_KINDS = ["device", "account", "ip_range"] as const;

export const BLOCK_SOURCES = ["person", "rule", "import", "event"] as const;

export const THREAT_RULES = ["device_farm", "creator_ring", "payment_burst", "chargeback_burst"] as const;

export const RULE_MODES = ["off", "shadow", "live"] as const;

export const RULE_ANSWERS = ["watch", "block", "protect"] as const;

/** What a rule counts for: the entity that it finds. */
export const COUNTS_PER = ["device", "country", "workspace"] as const;

export const PATTERN_STATES = ["active", "quiet"] as const;

/** How a finding was taken: recorded only (shadow, snoozed), or alerted and answered. */
export const FINDING_MODES = ["shadow", "snoozed", "live"] as const;
