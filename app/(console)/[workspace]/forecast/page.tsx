import { IconChartLine } from "@tabler/icons-react";
import type { Metadata } from "next";
import classes from "#app/(console)/[workspace]/forecast/forecast.module.css";
import { ForecastCard } from "#app/(console)/[workspace]/forecast/forecast-card.tsx";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import { EmptyState } from "#components/empty-state.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { asUser } from "#lib/db/as-user.ts";
import { readForecasts } from "#lib/forecast/forecasts.ts";
import { readCountriesToday } from "#lib/launch/country-pages.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Forecast" };

type Props = { params: Promise<{ workspace: string }> };

/** The next two days of every open country against its cap, the one that reaches its cap first on top. */
export default async function ForecastPage({ params }: Props) {
  const { workspace: slug } = await params;
  const { claims, workspace, permissions } = await requireMember(slug);
  if (!permissions.includes("countries.read"))
    return <NoAccess slug={slug}>Forecasts are for others.</NoAccess>;
  const { countries, forecasts } = await asUser(claims, async (tx) => ({
    countries: await readCountriesToday(tx, workspace.id),
    forecasts: await readForecasts(tx, workspace.id, null),
  }));
  const now = Date.now();
  const shown = countries
    .filter((country) => country.phase !== "not_launched")
    .flatMap((country) => {
      const forecast = forecasts.find((one) => one.country === country.code);
      return forecast === undefined ? [] : { country, forecast };
    });
  const firstAt = ({ forecast }: (typeof shown)[number]) =>
    Math.min(
      ...forecast.cap_times.map((day) =>
        day.p50_at === null ? Number.POSITIVE_INFINITY : Date.parse(day.p50_at),
      ),
    );
  const ordered = shown.toSorted((a, b) => (firstAt(a) === firstAt(b) ? 0 : firstAt(a) - firstAt(b)));
  return (
    <>
      <PageHeader
        title="Forecast"
        badge={<LiveRefresh slug={slug} />}
        description="Registrations that will be asked for over the next 48 hours, from each country's own history and its campaigns. Half of all hours stay below P50, nine in ten below P90."
      />
      {ordered.length === 0 ? (
        <EmptyState icon={<IconChartLine />} title="No country is open yet">
          A country has a forecast after a full day of cap checks.
        </EmptyState>
      ) : (
        <div className={classes.grid}>
          {ordered.map(({ country, forecast }) => (
            <ForecastCard key={country.code} slug={slug} country={country} forecast={forecast} now={now} />
          ))}
        </div>
      )}
    </>
  );
}
