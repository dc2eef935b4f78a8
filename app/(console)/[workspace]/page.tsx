import { IconWorld } from "@tabler/icons-react";
import type { Metadata } from "next";
import Link from "next/link";
import { LatestChanges } from "#app/(console)/[workspace]/latest-changes.tsx";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { OpenCountries } from "#app/(console)/[workspace]/open-countries.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { Switches } from "#app/(console)/[workspace]/switches.tsx";
import { throttleWord } from "#app/(console)/[workspace]/throttle-words.ts";
import { TodayStats } from "#app/(console)/[workspace]/today-stats.tsx";
import { EmptyState } from "#components/empty-state.tsx";
import { LinkButton } from "#components/link-button.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { countUnresolved } from "#lib/alerts/inbox.ts";
import { asUser } from "#lib/db/as-user.ts";
import { readOverview } from "#lib/launch/country-pages.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Overview" };

/** "3 alerts need somebody, 1 of them critical". */
function alertWords({ warning, critical }: { warning: number; critical: number }): string {
  const count = warning + critical;
  if (count === 0) return "No alerts";
  const words = count === 1 ? "1 alert needs somebody" : `${count} alerts need somebody`;
  return critical === 0
    ? words
    : `${words}, ${critical === count ? "critical" : `${critical} of them critical`}`;
}

type Props = { params: Promise<{ workspace: string }> };

export default async function OverviewPage({ params }: Props) {
  const { workspace: slug } = await params;
  const member = await requireMember(slug);
  const { overview, alerts } = await asUser(member.claims, async (tx) => ({
    overview: await readOverview(tx, member.workspace.id),
    alerts: await countUnresolved(tx, member.workspace.id),
  }));
  const { countries, throttle, flagsOff, changes } = overview;
  return (
    <>
      <PageHeader
        title="Overview"
        badge={<LiveRefresh slug={slug} />}
        description={
          <span className={panel.facts}>
            <span>Each country in its own local day</span>
            <span>
              Throttle level {throttle.level}, {throttleWord(throttle.level).toLowerCase()}
            </span>
            <span>{flagsOff.length === 0 ? "All flags on" : `Flags off: ${flagsOff.length}`}</span>
            <Link href={`/${slug}/alerts`}>{alertWords(alerts)}</Link>
          </span>
        }
      />
      <div className={panel.stack}>
        <Switches slug={slug} throttle={throttle} flagsOff={flagsOff} />
        <TodayStats countries={countries} />
        {countries.length === 0 ? (
          <EmptyState
            icon={<IconWorld />}
            title="No country is listed yet"
            action={<LinkButton href={`/${slug}/countries`}>Go to countries</LinkButton>}
          >
            Countries join the list first, and open when somebody activates them.
          </EmptyState>
        ) : (
          <div className={panel.columns}>
            <OpenCountries slug={slug} countries={countries} />
            <LatestChanges slug={slug} changes={changes} />
          </div>
        )}
      </div>
    </>
  );
}
