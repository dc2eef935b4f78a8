import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { chartData } from "#app/(console)/[workspace]/regions/[code]/chart-data.ts";
import { GatePanel } from "#app/(console)/[workspace]/regions/[code]/gate-panel.tsx";
import { IncidentsPanel } from "#app/(console)/[workspace]/regions/[code]/incidents-panel.tsx";
import { KpiPanel } from "#app/(console)/[workspace]/regions/[code]/kpi-panel.tsx";
import { RegionQuery } from "#app/(console)/[workspace]/regions/[code]/query.ts";
import { readRegionPage } from "#app/(console)/[workspace]/regions/[code]/read-page.ts";
import { RegionStats } from "#app/(console)/[workspace]/regions/[code]/region-stats.tsx";
import { RiskPanel } from "#app/(console)/[workspace]/regions/[code]/risk-panel.tsx";
import { close, note } from "#app/(console)/[workspace]/regions/actions.ts";
import { LinkButton } from "#components/link-button.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { PhaseBadge } from "#components/phase-badge.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import { countryName } from "#lib/launch/country-name.ts";
import { CountryCode } from "#lib/launch/schema.ts";
import { requireMember } from "#lib/workspace/session.ts";

type Props = {
  params: Promise<{ workspace: string; code: string }>;
  searchParams: Promise<Record<string, unknown>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const code = CountryCode.safeParse((await params).code);
  return { title: code.success ? `KPIs of ${countryName(code.data)}` : "Region" };
}

/** One country: its KPIs over time, its risk and why, its gate, its incidents. */
export default async function RegionPage({ params, searchParams }: Props) {
  const { workspace: slug, code: text } = await params;
  const code = CountryCode.safeParse(text);
  const member = await requireMember(slug);
  if (!code.success) notFound();
  if (!member.permissions.includes("regions.read"))
    return <NoAccess slug={slug}>KPIs are for others.</NoAccess>;
  const query = RegionQuery.parse(await searchParams);
  const now = Date.now();
  const read = await readRegionPage(member, code.data, query.span, now);
  if (read === null) notFound();
  const { region, series, gate, risk, currency } = read;
  const mayAnswer = member.permissions.includes("alerts.manage");
  return (
    <>
      <PageHeader
        title={region.name}
        crumbs={[{ label: "Regions", href: `/${slug}/regions` }]}
        badge={
          <>
            {region.phase !== null && <PhaseBadge phase={region.phase} size="md" />}
            <LiveRefresh slug={slug} />
          </>
        }
        actions={
          <LinkButton href={`/${slug}/countries/${code.data}`} variant="default">
            Caps and use
          </LinkButton>
        }
        description={
          region.at === null ? (
            "Nothing was taken yet: KPIs are taken each hour."
          ) : (
            <>
              The last 24 hours, as known <RelativeTime at={region.at} />.
            </>
          )
        }
      />
      <div className={panel.stack}>
        {region.kpis !== null && <RegionStats name={region.name} kpis={region.kpis} />}
        <KpiPanel
          name={region.name}
          timeZone={region.timeZone}
          reportingCurrency={currency}
          query={query}
          data={chartData(series, query, now)}
        />
        {risk !== null && <RiskPanel scores={risk.scores} currency={currency} />}
        <GatePanel gate={gate} currency={currency} />
        {risk !== null && (
          <IncidentsPanel
            incidents={risk.incidents}
            answer={mayAnswer ? { note: note.bind(null, slug), close: close.bind(null, slug) } : null}
          />
        )}
      </div>
    </>
  );
}
