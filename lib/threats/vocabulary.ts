/** The words of the threat shield and the blocklist. A test keeps these lists equal to the database's. Portable: no imports. */

export const BLOCK_KINDS = ["device", "account", "ip_range"] as const;

export const BLOCK_SOURCES = ["person", "rule", "import", "event"] as const;
