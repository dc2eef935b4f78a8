"use client";

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from "recharts";
import classes from "#app/(console)/[workspace]/experiments/experiments.module.css";
import chart from "#components/chart.module.css";
import { formatCompact, formatCount } from "#components/number-format.ts";

export type DayBar = { day: string; arm: "A" | "B"; granted: number; counts: boolean };

type Props = { label: string; bars: readonly DayBar[]; caps: Record<"A" | "B", number> };

/** What each finished day let in, coloured by its cap; days left out are paler. The table beside it has the same numbers. */
export function DayChart({ label, bars, caps }: Props) {
  const data = bars.map(({ day, arm, granted, counts }) => ({
    day,
    a: arm === "A" && counts ? granted : 0,
    b: arm === "B" && counts ? granted : 0,
    out: counts ? 0 : granted,
  }));
  const shared = { stackId: "day", isAnimationActive: false } as const;
  return (
    <figure className={`${chart.chart} ${classes.chart}`} aria-label={label}>
      <ul className={chart.legend} aria-hidden>
        <li style={{ "--tone": "var(--chart-a)" }}>A: {formatCount(caps.A)}</li>
        <li style={{ "--tone": "var(--chart-b)" }}>B: {formatCount(caps.B)}</li>
        {bars.some((bar) => !bar.counts) && <li style={{ "--tone": "var(--g-line-strong)" }}>Left out</li>}
      </ul>
      <div aria-hidden>
        <ResponsiveContainer width="100%" height={200}>
          <BarChart
            data={data}
            margin={{ top: 10, right: 10, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--g-line)" />
            <XAxis
              dataKey="day"
              tickLine={false}
              axisLine={{ stroke: "var(--g-line-strong)" }}
              minTickGap={24}
            />
            <YAxis width={44} tickFormatter={formatCompact} tickLine={false} axisLine={false} />
            <Bar dataKey="a" fill="var(--chart-a)" {...shared} />
            <Bar dataKey="b" fill="var(--chart-b)" {...shared} />
            <Bar dataKey="out" fill="var(--g-line-strong)" {...shared} />
          </BarChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}
