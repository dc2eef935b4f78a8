import { CoverageNote } from "#app/(console)/[workspace]/forecast/coverage-note.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { TimeChart } from "#components/time-chart.tsx";
import type { PastHour } from "#lib/forecast/past-hours.ts";
import { basisSentence, capSentence } from "#lib/forecast/reading.ts";
import type { Forecast } from "#lib/forecast/schema.ts";
import type { CountryToday } from "#lib/launch/country-pages.ts";

type Props = { country: CountryToday; forecast: Forecast; past: readonly PastHour[]; now: number };

type Point = {
  at: number;
  demand: number | null;
  granted: number | null;
  p50: number | null;
  p90: number | null;
};

function pointsOf(forecast: Forecast, past: readonly PastHour[]): Point[] {
  const measured = past.map(
    ({ at, demand, granted }): Point => ({ at, demand, granted, p50: null, p90: null }),
  );
  const last = measured.at(-1)?.at ?? 0;
  const expected = forecast.hours
    .map(({ at, p50, p90 }): Point => ({ at: Date.parse(at), demand: null, granted: null, p50, p90 }))
    .filter((point) => point.at > last);
  return [...measured, ...expected];
}

/** What was asked for in each hour of the last day, and what is expected of the next two. */
export function ForecastPanel({ country, forecast, past, now }: Props) {
  const [today, tomorrow] = forecast.cap_times;
  const campaigns = forecast.hours.reduce((sum, hour) => sum + hour.campaigns, 0);
  const points = pointsOf(forecast, past);
  return (
    <section className={panel.panel} aria-labelledby="forecast">
      <div className={panel.head}>
        <h2 id="forecast" className={panel.title}>
          Forecast
        </h2>
      </div>
      {forecast.basis !== "none" && today !== undefined && tomorrow !== undefined && (
        <p>
          Today: {capSentence(today, country.timeZone)} Tomorrow: {capSentence(tomorrow, country.timeZone)}
        </p>
      )}
      {forecast.basis !== "none" && points.length > 0 && (
        <TimeChart
          label={`Registrations an hour in ${country.name}: asked for, and expected`}
          points={points}
          series={[
            { key: "demand", label: "Asked for", kind: "area", color: "blue" },
            { key: "granted", label: "Granted", kind: "line", color: "green" },
            { key: "p50", label: "P50", kind: "line", color: "accent" },
            { key: "p90", label: "P90", kind: "line", color: "violet" },
          ]}
          timeZone={country.timeZone}
          marks={[{ at: now, label: "now" }]}
          height={240}
        />
      )}
      <p className={panel.note}>
        {basisSentence(forecast)}
        {campaigns > 0 && ` Campaigns add ${Math.round(campaigns).toLocaleString("en")} over these two days.`}
      </p>
      {forecast.basis !== "none" && <CoverageNote coverage={forecast.coverage} />}
    </section>
  );
}
