import type { Metadata } from "next";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import { RegionsView } from "#app/(console)/[workspace]/regions/regions-view.tsx";
import { LinkButton } from "#components/link-button.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import { asUser } from "#lib/db/as-user.ts";
import { readRegions } from "#lib/regions/region-pages.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Regions" };

type Props = { params: Promise<{ workspace: string }> };

/** The KPIs and the risk of every country over the last 24 hours. */
export default async function RegionsPage({ params }: Props) {
  const { workspace: slug } = await params;
  const { claims, workspace, permissions } = await requireMember(slug);
  if (!permissions.includes("regions.read")) return <NoAccess slug={slug}>KPIs are for others.</NoAccess>;
  const mayReadRisk = permissions.includes("risk.read");
  const regions = await asUser(claims, (tx) => readRegions(tx, workspace.id));
  const at = regions[0]?.at;
  return (
    <>
      <PageHeader
        title="Regions"
        badge={<LiveRefresh slug={slug} />}
        description={
          <>
            The last 24 hours of each country
            {at === undefined ? (
              "."
            ) : (
              <>
                , as known <RelativeTime at={at} />.
              </>
            )}
          </>
        }
        actions={
          <>
            <LinkButton href={`/${slug}/regions/money`} variant="default">
              Currency and rates
            </LinkButton>
            {mayReadRisk && (
              <LinkButton href={`/${slug}/regions/scorecard`} variant="default">
                Scorecard
              </LinkButton>
            )}
          </>
        }
      />
      <RegionsView slug={slug} regions={regions} mayReadRisk={mayReadRisk} />
    </>
  );
}
