import Link from "next/link";
import { CoverageNote } from "#app/(console)/[workspace]/forecast/coverage-note.tsx";
import classes from "#app/(console)/[workspace]/forecast/forecast.module.css";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { PhaseBadge } from "#components/phase-badge.tsx";
import { TimeChart } from "#components/time-chart.tsx";
import { dayTotals } from "#lib/forecast/day-totals.ts";
import { basisSentence, capSentence } from "#lib/forecast/reading.ts";
import type { Forecast } from "#lib/forecast/schema.ts";
import type { CountryToday } from "#lib/launch/country-pages.ts";

type Props = { slug: string; country: CountryToday; forecast: Forecast; now: number };

const SHOWN_MS = 48 * 3_600_000;

/** One country's next two days against its cap. */
export function ForecastCard({ slug, country, forecast, now }: Props) {
  const points = dayTotals(forecast, now).filter((point) => point.at <= now + SHOWN_MS);
  const [today, tomorrow] = forecast.cap_times;
  const id = `forecast-${country.code}`;
  return (
    <section className={panel.panel} aria-labelledby={id}>
      <div className={panel.head}>
        <h2 id={id} className={panel.title}>
          <Link href={`/${slug}/countries/${country.code}`}>{country.name}</Link>
        </h2>
        <PhaseBadge phase={country.phase} />
      </div>
      {forecast.basis !== "none" && (
        <dl className={classes.days}>
          <dt>Today</dt>
          <dd>{today === undefined ? "–" : capSentence(today, country.timeZone)}</dd>
          <dt>Tomorrow</dt>
          <dd>{tomorrow === undefined ? "–" : capSentence(tomorrow, country.timeZone)}</dd>
        </dl>
      )}
      {points.length > 0 && (
        <TimeChart
          label={`Registrations asked for in ${country.name}, added up over each local day`}
          points={points}
          series={[
            { key: "p50", label: "P50, day's total", kind: "area" },
            { key: "p90", label: "P90", kind: "line", color: "violet" },
          ]}
          timeZone={country.timeZone}
          from={now}
          to={points.at(-1)?.at ?? now}
          cap={{ value: country.gates.user.cap, label: "Cap" }}
          height={190}
        />
      )}
      <p className={panel.note}>{basisSentence(forecast)}</p>
      {forecast.basis !== "none" && <CoverageNote coverage={forecast.coverage} />}
    </section>
  );
}
