import { formatCount } from "#components/number-format.ts";
import { dayTime } from "#components/time-axis.ts";
import classes from "#components/time-chart.module.css";
import type { TimePoint, TimeSeries } from "#components/time-series.ts";

type TimeChartTableProps = {
  label: string;
  points: readonly TimePoint[];
  series: readonly TimeSeries[];
  timeZone: string;
};

/** The chart's numbers as a table, folded away. */
export function TimeChartTable({ label, points, series, timeZone }: TimeChartTableProps) {
  return (
    <details className={classes.details}>
      <summary>Show as table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={`${label}, as a table`}>
        <table className={classes.table}>
          <caption className={classes.caption}>{label}</caption>
          <thead>
            <tr>
              <th scope="col">Time ({timeZone})</th>
              {series.map((one) => (
                <th key={one.key} scope="col">
                  {one.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.at}>
                <th scope="row">{dayTime(point.at, timeZone)}</th>
                {series.map((one) => {
                  const value = point[one.key];
                  return <td key={one.key}>{value == null ? "–" : formatCount(value)}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
