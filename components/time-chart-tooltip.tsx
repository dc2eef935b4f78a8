"use client";

import { formatCount } from "#components/number-format.ts";
import { dayTime } from "#components/time-axis.ts";
import classes from "#components/time-chart.module.css";

type Entry = { name?: unknown; value?: unknown; color?: string | undefined; dataKey?: unknown };
type TooltipProps = { timeZone: string; active?: boolean; label?: unknown; payload?: readonly Entry[] };

/** The values under the pointer. Recharts gives `active`, `label` and `payload`. */
export function TimeChartTooltip({ timeZone, active = false, label, payload = [] }: TooltipProps) {
  if (!active || typeof label !== "number") return null;
  return (
    <div className={classes.tooltip}>
      <div className={classes.when}>{dayTime(label, timeZone)}</div>
      {payload.map((entry) => (
        <div key={String(entry.dataKey)} className={classes.entry} style={{ "--tone": entry.color }}>
          <span>{String(entry.name)}</span>
          <strong>{typeof entry.value === "number" ? formatCount(entry.value) : "–"}</strong>
        </div>
      ))}
    </div>
  );
}
