import type { ReactNode } from "react";
import classes from "#components/stat.module.css";

type StatProps = {
  label: string;
  /** Already formatted; `null` shows a dash. */
  value: ReactNode;
  /** A small line below: the unit, the change, when it resets. */
  hint?: ReactNode;
  tone?: "plain" | "good" | "warning" | "danger";
  /** A usage bar or a small chart. */
  children?: ReactNode;
};

/** One number with its name. Belongs inside a `StatGroup`. */
export function Stat({ label, value, hint, tone = "plain", children }: StatProps) {
  return (
    <div className={classes.stat} data-tone={tone}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>{value ?? "–"}</dd>
      {hint !== undefined && <dd className={classes.hint}>{hint}</dd>}
      {children !== undefined && <dd className={classes.extra}>{children}</dd>}
    </div>
  );
}

/** A row of numbers that wraps: four abreast on a desk, two on a phone. */
export function StatGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <dl className={classes.group} aria-label={label}>
      {children}
    </dl>
  );
}
