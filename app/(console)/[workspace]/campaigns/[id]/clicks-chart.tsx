"use client";

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import classes from "#app/(console)/[workspace]/campaigns/[id]/links.module.css";
import chart from "#components/chart.module.css";
import { formatCompact, formatCount } from "#components/number-format.ts";
import type { CampaignDay } from "#lib/links/links.ts";

const SERIES = [
  { key: "clicks", label: "Clicks", color: "var(--links-clicks)" },
  { key: "installs", label: "Installs", color: "var(--links-installs)" },
  { key: "bots", label: "Bots, not counted", color: "var(--links-bots)" },
] as const;

const DAY = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", timeZone: "UTC" });
const dayText = (day: string) => DAY.format(new Date(`${day}T12:00:00Z`));
const HEIGHT = 200;

function DaysTable({ days }: { days: readonly CampaignDay[] }) {
  return (
    <details className={classes.table}>
      <summary>Show as table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <div tabIndex={0} role="region" aria-label="Clicks a day, as a table">
        <table>
          <thead>
            <tr>
              <th scope="col">Day</th>
              {SERIES.map(({ key, label }) => (
                <th key={key} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map((one) => (
              <tr key={one.day}>
                <th scope="row">{one.day}</th>
                {SERIES.map(({ key }) => (
                  <td key={key}>{formatCount(one[key])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** Clicks, installs and bots of each of the country's local days, and the same numbers as a table. */
export function ClicksChart({ days }: { days: readonly CampaignDay[] }) {
  return (
    <figure className={`${chart.chart} ${classes.figure}`} aria-label="Clicks a day">
      <h3 className={classes.heading}>Clicks a day, in the country's own days</h3>
      <ul className={chart.legend} aria-hidden>
        {SERIES.map(({ key, label, color }) => (
          <li key={key} style={{ "--tone": color }}>
            {label}
          </li>
        ))}
      </ul>
      <div style={{ height: HEIGHT }}>
        <ResponsiveContainer width="100%" height={HEIGHT}>
          <BarChart
            data={[...days]}
            margin={{ top: 12, right: 8, bottom: 0, left: 0 }}
            barGap={1}
            maxBarSize={28}
          >
            <CartesianGrid vertical={false} stroke="var(--g-line)" />
            <XAxis dataKey="day" tickFormatter={dayText} tickLine={false} minTickGap={16} />
            <YAxis
              width={44}
              tickFormatter={formatCompact}
              tickLine={false}
              axisLine={false}
              allowDecimals={false}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: "var(--g-line)", fillOpacity: 0.4 }}
              contentStyle={{ background: "var(--g-surface)", border: "1px solid var(--g-line)" }}
              labelFormatter={(day) => dayText(String(day))}
            />
            {SERIES.map(({ key, label, color }) => (
              <Bar key={key} dataKey={key} name={label} fill={color} isAnimationActive={false} />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <DaysTable days={days} />
    </figure>
  );
}
