import { formatCount, formatShare } from "#components/number-format.ts";
import classes from "#components/usage-bar.module.css";

type UsageBarProps = {
  /** What is counted, for screen readers: "Users in Poland today". */
  label: string;
  /** Units granted for good. */
  used: number;
  /** Units under a reservation, on top of `used`. */
  held?: number;
  /** `null` when nothing limits the count. */
  cap: number | null;
  /** `bar` leaves the numbers out where a column beside it shows them, `numbers` the percentage where room is scarce. */
  show?: "bar" | "numbers" | "text";
};

/** How full a cap is: `calm` below 80 %, `near` from 80 %, `close` from 95 %, `full` at the cap. */
export function usageTone(taken: number, cap: number | null): "calm" | "near" | "close" | "full" {
  if (cap === null) return "calm";
  if (taken >= cap) return "full";
  if (taken >= cap * 0.95) return "close";
  return taken >= cap * 0.8 ? "near" : "calm";
}

function usageText(used: number, held: number, cap: number | null): string {
  const holding = held > 0 ? `, ${formatCount(held)} held` : "";
  if (cap === null) return `${formatCount(used)} used${holding}, no cap`;
  const share = cap === 0 ? 1 : (used + held) / cap;
  return `${formatCount(used)} of ${formatCount(cap)} used${holding} (${formatShare(share)})`;
}

/** A cap as a bar: used solid, held hatched, coloured by how near the cap is. */
export function UsageBar({ label, used, held = 0, cap, show = "text" }: UsageBarProps) {
  const taken = used + held;
  const width = (units: number) => `${cap === null || cap === 0 ? 0 : Math.min(100, (units / cap) * 100)}%`;
  return (
    <div className={classes.root} data-tone={usageTone(taken, cap)}>
      {show !== "bar" && (
        <div className={classes.text} aria-hidden>
          <span className={classes.used}>{formatCount(taken)}</span>
          <span className={classes.cap}>{cap === null ? "no cap" : `/ ${formatCount(cap)}`}</span>
          {show === "text" && cap !== null && cap > 0 && (
            <span className={classes.share}>{formatShare(taken / cap)}</span>
          )}
        </div>
      )}
      <div
        className={classes.track}
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={cap ?? taken}
        aria-valuenow={cap === null ? taken : Math.min(taken, cap)}
        aria-valuetext={usageText(used, held, cap)}
        title={usageText(used, held, cap)}
      >
        <span className={classes.solid} style={{ width: width(used) }} />
        <span className={classes.held} style={{ width: width(held) }} />
      </div>
    </div>
  );
}
