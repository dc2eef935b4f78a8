export type TimeSeries = {
  key: string;
  label: string;
  /** `area` and `line` join the points; `step` holds a value until the next. Default `area`. */
  kind?: "area" | "line" | "step";
  /** Default: the accent, then violet, blue, orange. */
  color?: "accent" | "violet" | "blue" | "green" | "orange" | "red" | "gray";
};

/** `at` in milliseconds since the epoch; a series' value under its key, `null` where it isn't known. */
export type TimePoint = { at: number } & Record<string, number | null>;

const COLORS = ["accent", "violet", "blue", "orange"] as const;

/** The CSS colour of a series in both schemes. */
export function seriesColor(series: TimeSeries, index: number): string {
  return `var(--chart-${series.color ?? COLORS[index % COLORS.length]})`;
}
