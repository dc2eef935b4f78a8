import { Alert } from "@mantine/core";
import { IconPlayerPause } from "@tabler/icons-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ChangeTimeline } from "#app/(console)/[workspace]/countries/[code]/change-timeline.tsx";
import { CountryActions } from "#app/(console)/[workspace]/countries/[code]/country-actions.tsx";
import { ForecastPanel } from "#app/(console)/[workspace]/countries/[code]/forecast-panel.tsx";
import { GateStats } from "#app/(console)/[workspace]/countries/[code]/gate-stats.tsx";
import { CountryQuery } from "#app/(console)/[workspace]/countries/[code]/query.ts";
import { readCountryPage } from "#app/(console)/[workspace]/countries/[code]/read-page.ts";
import { ReceiptsPanel } from "#app/(console)/[workspace]/countries/[code]/receipts-panel.tsx";
import { UsagePanel } from "#app/(console)/[workspace]/countries/[code]/usage-panel.tsx";
import { CountryDialogs } from "#app/(console)/[workspace]/countries/country-dialogs.tsx";
import { LocalClock } from "#app/(console)/[workspace]/countries/local-clock.tsx";
import { ResetsIn } from "#app/(console)/[workspace]/countries/resets-in.tsx";
import { readTried, TriedQuery } from "#app/(console)/[workspace]/dry-runs/tried.ts";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { LinkButton } from "#components/link-button.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { PhaseBadge } from "#components/phase-badge.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import { countryName } from "#lib/launch/country-name.ts";
import { CountryCode } from "#lib/launch/schema.ts";
import { type Member, requireMember } from "#lib/workspace/session.ts";

type Props = {
  params: Promise<{ workspace: string; code: string }>;
  searchParams: Promise<Record<string, unknown>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const code = CountryCode.safeParse((await params).code);
  return { title: code.success ? countryName(code.data) : "Country" };
}

/** The dialog that a dry run's link opens, as far as the member may make the change. */
async function readStart(member: Member, code: string, search: Record<string, unknown>) {
  const { tried: run, change } = TriedQuery.parse(search);
  const needs = change === "pause" ? "countries.pause" : "countries.manage";
  if (change === undefined || !member.permissions.includes(needs)) return null;
  const tried = Object.entries((await readTried(member, run))?.countries ?? {}).find(([one]) => one === code);
  return tried?.[1] === undefined ? null : { kind: change, code, tried: tried[1] };
}

export default async function CountryPage({ params, searchParams }: Props) {
  const { workspace: slug, code: text } = await params;
  const code = CountryCode.safeParse(text);
  const member = await requireMember(slug);
  if (!code.success) notFound();
  const search = await searchParams;
  const query = CountryQuery.parse(search);
  const now = Date.now();
  const read = await readCountryPage(member, code.data, query, now);
  if (read === null) notFound();
  const start = await readStart(member, code.data, search);
  const { country, usage, days, changes, forecast, past, receipts, receipt } = read;
  return (
    <CountryDialogs slug={slug} countries={[country]} permissions={member.permissions} start={start}>
      <PageHeader
        title={country.name}
        crumbs={[{ label: "Countries", href: `/${slug}/countries` }]}
        badge={
          <>
            <PhaseBadge phase={country.phase} size="md" />
            <LiveRefresh slug={slug} />
          </>
        }
        description={
          <span className={panel.facts}>
            <span>
              <LocalClock timeZone={country.timeZone} renderedAt={now} /> in {country.timeZone}
            </span>
            <span>
              Resets <ResetsIn at={country.resetsAt} timeZone={country.timeZone} />
            </span>
            <span>Policy version {country.policyVersion}</span>
          </span>
        }
        actions={
          <>
            {member.permissions.includes("regions.read") && (
              <LinkButton href={`/${slug}/regions/${country.code}`} variant="default">
                KPIs and risk
              </LinkButton>
            )}
            <CountryActions country={country} permissions={member.permissions} />
          </>
        }
      />
      <div className={panel.stack}>
        {country.phase === "pause" && (
          <Alert color="red" icon={<IconPlayerPause />} title={`Paused: ${country.pauseReason ?? ""}`}>
            Nothing is granted since <RelativeTime at={country.phaseSince} />.
          </Alert>
        )}
        <GateStats country={country} />
        <div className={panel.columns}>
          <UsagePanel country={country} usage={usage} days={days} changes={changes} query={query} now={now} />
          <ChangeTimeline changes={changes} />
        </div>
        {forecast !== undefined && country.phase !== "not_launched" && (
          <ForecastPanel country={country} forecast={forecast} past={past} now={now} />
        )}
        {receipts !== null && (
          <ReceiptsPanel
            country={country}
            usage={usage}
            query={query}
            receipts={receipts}
            receipt={receipt}
          />
        )}
      </div>
    </CountryDialogs>
  );
}
