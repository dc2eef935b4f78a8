"use client";

import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import chart from "#components/chart.module.css";
import { formatCompact, formatCount } from "#components/number-format.ts";
import { chartTicks, tickText, valueTicks } from "#components/time-axis.ts";
import classes from "#components/time-chart.module.css";
import { TimeChartTable } from "#components/time-chart-table.tsx";
import { TimeChartTooltip } from "#components/time-chart-tooltip.tsx";
import { seriesColor, type TimePoint, type TimeSeries } from "#components/time-series.ts";

export type TimeChartProps = {
  /** What it shows; the figure's name and the table's caption. */
  label: string;
  points: readonly TimePoint[];
  series: readonly TimeSeries[];
  /** IANA zone of the axis and the tooltip. */
  timeZone: string;
  /** Ends of the axis in milliseconds; default the first and last point. A local day may have 23, 24 or 25 hours. */
  from?: number;
  to?: number;
  /** A horizontal line that isn't to be crossed. */
  cap?: { value: number; label: string };
  /** Vertical lines: a phase change, now. */
  marks?: readonly { at: number; label: string }[];
  /** Pixels. */
  height?: number;
};

function drawSeries(series: TimeSeries, index: number) {
  const color = seriesColor(series, index);
  const shared = {
    dataKey: series.key,
    name: series.label,
    stroke: color,
    strokeWidth: 2,
    dot: false,
    isAnimationActive: false,
    activeDot: { r: 4, strokeWidth: 2, stroke: "var(--g-surface)" },
    type: series.kind === "step" ? ("stepAfter" as const) : ("linear" as const),
  };
  if (series.kind === "line") return <Line key={series.key} {...shared} />;
  return <Area key={series.key} {...shared} fill={color} fillOpacity={index === 0 ? 0.14 : 0.06} />;
}

/** Values over time against a cap, with the same numbers as a table for those who can't see it. Draws nothing that moves. */
export function TimeChart(props: TimeChartProps) {
  const { label, points, series, timeZone, cap, marks = [], height = 240 } = props;
  const from = props.from ?? points[0]?.at ?? 0;
  const to = props.to ?? points.at(-1)?.at ?? from;
  const values = points.flatMap((point) => series.map((one) => point[one.key] ?? 0));
  const levels = valueTicks(values.reduce((most, value) => Math.max(most, value), cap?.value ?? 0));
  return (
    <figure className={classes.root} aria-label={label}>
      <ul className={`${chart.legend} ${classes.legend}`} aria-hidden>
        {series.map((one, index) => (
          <li key={one.key} style={{ "--tone": seriesColor(one, index) }}>
            {one.label}
          </li>
        ))}
      </ul>
      <div className={`${chart.chart} ${classes.chart}`} style={{ height }}>
        <ResponsiveContainer width="100%" height={height}>
          <ComposedChart data={[...points]} margin={{ top: 20, right: 20, bottom: 0, left: 0 }}>
            <CartesianGrid vertical={false} stroke="var(--g-line)" />
            <XAxis
              dataKey="at"
              type="number"
              scale="time"
              domain={[from, to]}
              ticks={chartTicks(from, to, timeZone)}
              tickFormatter={(at: number) => tickText(at, timeZone, to - from)}
              tickLine={false}
              axisLine={{ stroke: "var(--g-line-strong)" }}
              minTickGap={24}
            />
            <YAxis
              width={44}
              tickFormatter={formatCompact}
              tickLine={false}
              axisLine={false}
              ticks={levels}
              domain={[0, levels.at(-1) ?? 1]}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: "var(--g-text-muted)", strokeDasharray: "3 3" }}
              content={<TimeChartTooltip timeZone={timeZone} />}
            />
            {series.map(drawSeries)}
            {cap !== undefined && (
              <ReferenceLine
                y={cap.value}
                stroke="var(--chart-red)"
                strokeDasharray="5 4"
                label={{
                  value: `${cap.label} ${formatCount(cap.value)}`,
                  position: "insideTopRight",
                  className: classes.cap ?? "",
                }}
              />
            )}
            {marks.map((mark) => (
              <ReferenceLine
                key={`${mark.at} ${mark.label}`}
                x={mark.at}
                stroke="var(--g-text-muted)"
                strokeDasharray="2 3"
                label={{ value: mark.label, position: "top", className: classes.mark ?? "" }}
              />
            ))}
          </ComposedChart>
        </ResponsiveContainer>
      </div>
      <TimeChartTable label={label} points={points} series={series} timeZone={timeZone} />
    </figure>
  );
}
