import { IconLink } from "@tabler/icons-react";
import { ClicksChart } from "#app/(console)/[workspace]/campaigns/[id]/clicks-chart.tsx";
import { AddLink } from "#app/(console)/[workspace]/campaigns/[id]/link-dialogs.tsx";
import { LinksTable } from "#app/(console)/[workspace]/campaigns/[id]/links-table.tsx";
import { ReturnsFunnel } from "#app/(console)/[workspace]/campaigns/[id]/returns-funnel.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { EmptyState } from "#components/empty-state.tsx";
import type { Campaign } from "#lib/campaigns/schema.ts";
import { asUser } from "#lib/db/as-user.ts";
import { readCampaignDays, readLinks, readReturns } from "#lib/links/links.ts";
import type { Member } from "#lib/workspace/session.ts";

type Props = { member: Member; campaign: Campaign };

/** A campaign's tracked links: where they lead, who came through them and what became of it. */
export async function LinksPanel({ member, campaign }: Props) {
  const { id: campaignId } = campaign;
  const { slug, id } = member.workspace;
  const mayManage = member.permissions.includes("campaigns.manage");
  const { links, returns, days } = await asUser(member.claims, async (tx) => ({
    links: await readLinks(tx, id, campaignId),
    returns: await readReturns(tx, campaignId),
    days: await readCampaignDays(tx, campaignId),
  }));
  return (
    <section className={panel.panel} aria-labelledby="links-title">
      <header className={panel.head}>
        <h2 id="links-title" className={panel.title}>
          Tracked links
        </h2>
        {mayManage && <AddLink slug={slug} campaign={campaignId} />}
      </header>
      {links.length === 0 ? (
        <EmptyState icon={<IconLink />} title="No link yet">
          A tracked link leads to your app and counts who came through it. Post a link of its own for each
          place, so that you can tell them apart.
        </EmptyState>
      ) : (
        <LinksTable slug={slug} campaign={campaignId} links={links} mayManage={mayManage} />
      )}
      {(links.length > 0 || returns.clicks > 0) && <ReturnsFunnel returns={returns} windows={campaign} />}
      {days.length > 0 && <ClicksChart days={days} />}
    </section>
  );
}
