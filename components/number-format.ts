// One fixed locale: the server and the browser must render the same text.
const COUNT = new Intl.NumberFormat("en");
const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const PERCENT = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 });

/** 12345 → "12,345". */
export function formatCount(value: number): string {
  return COUNT.format(value);
}

/** 12345 → "12.3K", for axes and tight places. */
export function formatCompact(value: number): string {
  return COMPACT.format(value);
}

/** 0.957 → "95%", 0.004 → "<1%"; rounds towards zero, so that 100% means the cap is reached. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.01) return "<1%";
  return PERCENT.format(Math.floor(share * 100) / 100);
}
