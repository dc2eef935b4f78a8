import type { LimitRow, readLevel } from "#lib/load/load-page.ts";

/** What a limit is held against: the adaptive number where it is in force and known, otherwise the static one. */
export function limitInForce({ kind, adaptiveLimit, limit }: LimitRow): number | null {
  return kind === "adaptive" ? (adaptiveLimit ?? limit) : limit;
}

/** The value's share of its limit in whole per cent, rounded down; null where either is unknown. */
export function shareOf(row: LimitRow): number | null {
  const limit = limitInForce(row);
  return row.value === null || limit === null ? null : Math.floor((100 * row.value) / limit + 1e-9);
}

/** Why the level is what it is, in one sentence. */
export function whyText(
  level: Awaited<ReturnType<typeof readLevel>>,
  rows: readonly LimitRow[],
  isOn: boolean,
): string {
  if (level.forced !== null) {
    const { by, reason } = level.forced;
    return `Forced by ${by ?? "a person"}: “${reason}”. Measured is level ${level.measured}.`;
  }
  if (!isOn) return "Automatic throttling is switched off: nothing is evaluated and the level stays at 0.";
  const holding = rows.filter((row) => row.enabled && row.level > 0 && row.level === level.measured);
  if (holding.length > 0) {
    const parts = holding.map((row) =>
      row.isStale
        ? `${row.name} is no longer measured and keeps its level`
        : `${row.name} is at ${shareOf(row) ?? "?"} % of its limit`,
    );
    return `${parts.join("; ")}.`;
  }
  const measured = rows.filter((row) => row.value !== null);
  return measured.length === 0
    ? "Nothing has been measured yet."
    : "Every measurement is below 80 % of its limit.";
}
