import { Badge } from "@mantine/core";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { CampaignMoves } from "#app/(console)/[workspace]/campaigns/[id]/campaign-moves.tsx";
import { CheckPanel } from "#app/(console)/[workspace]/campaigns/[id]/check-panel.tsx";
import { LinksPanel } from "#app/(console)/[workspace]/campaigns/[id]/links-panel.tsx";
import { ReturnsPanel } from "#app/(console)/[workspace]/campaigns/[id]/returns-panel.tsx";
import { TasksPanel } from "#app/(console)/[workspace]/campaigns/[id]/tasks-panel.tsx";
import { STATUS_COLORS, STATUS_WORDS } from "#app/(console)/[workspace]/campaigns/words.ts";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { Fact, Facts } from "#components/facts.tsx";
import { formatCount } from "#components/number-format.ts";
import { PageHeader } from "#components/page-header.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import { readCampaignHours, readCampaignRows, readKept, readOwners } from "#lib/campaigns/campaign-page.ts";
import { checkCampaign, readCampaign } from "#lib/campaigns/campaigns.ts";
import type { Campaign } from "#lib/campaigns/schema.ts";
import { readTasks } from "#lib/campaigns/tasks.ts";
import { asUser } from "#lib/db/as-user.ts";
import type { Tx } from "#lib/db/service.ts";
import { countryName } from "#lib/launch/country-name.ts";
import { readCountriesToday } from "#lib/launch/country-pages.ts";
import { readReturns } from "#lib/links/links.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Campaign" };

type Kept = { units: number; used: number } | null;

function keptText({ sub_quota: units }: Campaign, kept: Kept): string | null {
  if (units === null) return null;
  const used = kept === null ? "" : `, ${formatCount(Math.min(kept.used, kept.units))} of today's used`;
  return `${formatCount(units)} users a day while live${used}`;
}

const isPast = (at: string) => Date.parse(at) <= Date.now();

function Plan({ campaign, kept }: { campaign: Campaign; kept: Kept }) {
  return (
    <section className={panel.panel} aria-labelledby="plan">
      <div className={panel.head}>
        <h2 id="plan" className={panel.title}>
          Plan
        </h2>
        <Badge tt="none" variant="light" color={STATUS_COLORS[campaign.status]}>
          {campaign.template ? "Template" : STATUS_WORDS[campaign.status]}
        </Badge>
      </div>
      <Facts>
        <Fact name="Country">{countryName(campaign.country)}</Fact>
        <Fact name="Short name">
          <code>{campaign.slug}</code>
        </Fact>
        <Fact name="Influencer">{campaign.influencer}</Fact>
        <Fact name="Followers">{campaign.followers === null ? null : formatCount(campaign.followers)}</Fact>
        <Fact name={isPast(campaign.starts_at) ? "Started" : "Starts"}>
          <RelativeTime at={campaign.starts_at} />
        </Fact>
        <Fact name={isPast(campaign.ends_at) ? "Ended" : "Ends"}>
          <RelativeTime at={campaign.ends_at} />
        </Fact>
        <Fact name="Clicks">{formatCount(campaign.traffic_forecast)}</Fact>
        <Fact name="Installs">{formatCount(campaign.expected_installs)}</Fact>
        <Fact name="Creators">{formatCount(campaign.creator_inflow)}</Fact>
        <Fact name="They come">
          {campaign.shape === "even" ? "Evenly" : "As a spike that halves every six hours"}
        </Fact>
        <Fact name="Kept for it">{keptText(campaign, kept)}</Fact>
        <Fact name="Counts">
          Installs within {campaign.install_window_days} {campaign.install_window_days === 1 ? "day" : "days"}{" "}
          of a touch, later steps within {campaign.later_window_days}
        </Fact>
      </Facts>
    </section>
  );
}

async function readPage(tx: Tx, workspaceId: string, id: string) {
  const rows = await readCampaignRows(tx, workspaceId);
  if (!rows.some((row) => row.id === id)) return null;
  const owners = await readOwners(tx, workspaceId);
  return {
    campaign: await readCampaign(tx, workspaceId, id),
    check: await checkCampaign(tx, workspaceId, id),
    hours: await readCampaignHours(tx, workspaceId, id),
    tasks: await readTasks(tx, workspaceId, id),
    returns: await readReturns(tx, id),
    kept: await readKept(tx, id),
    countries: await readCountriesToday(tx, workspaceId),
    owners,
  };
}

type Props = { params: Promise<{ workspace: string; id: string }> };

/** One campaign: its plan against what the country can take, its tasks, its tracked links and what they brought. */
export default async function CampaignPage({ params }: Props) {
  const { workspace: slug, id: text } = await params;
  const id = z.uuid().safeParse(text);
  const member = await requireMember(slug);
  if (!id.success) notFound();
  if (!member.permissions.includes("campaigns.read"))
    return <NoAccess slug={slug}>Campaigns are planned by others.</NoAccess>;
  const read = await asUser(member.claims, (tx) => readPage(tx, member.workspace.id, id.data));
  if (read === null) notFound();
  const { campaign, check, countries } = read;
  const mayManage = member.permissions.includes("campaigns.manage");
  const country = countries.find(({ code }) => code === campaign.country);
  const isPlanned = ["draft", "scheduled", "live"].includes(campaign.status);
  return (
    <>
      <PageHeader
        title={campaign.name}
        crumbs={[{ label: "Campaigns", href: `/${slug}/campaigns` }]}
        badge={<LiveRefresh slug={slug} />}
        {...(mayManage && {
          actions: (
            <CampaignMoves
              slug={slug}
              campaign={campaign}
              countries={countries.map(({ code, name }) => ({ code, name }))}
              fits={check.verdict === "fits"}
            />
          ),
        })}
      />
      <div className={panel.stack}>
        {isPlanned && !campaign.template && (
          <CheckPanel
            slug={slug}
            campaign={campaign}
            check={check}
            hours={read.hours}
            timeZone={country?.timeZone ?? "UTC"}
            mayManage={mayManage}
          />
        )}
        <Plan campaign={campaign} kept={read.kept} />
        {!campaign.template && <ReturnsPanel campaign={campaign} returns={read.returns} />}
        <TasksPanel
          slug={slug}
          campaign={campaign.id}
          tasks={read.tasks}
          owners={read.owners}
          mayManage={mayManage}
        />
        {!campaign.template && <LinksPanel member={member} campaign={campaign} />}
      </div>
    </>
  );
}
