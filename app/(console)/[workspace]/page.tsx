import type { Metadata } from "next";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { MissionView } from "#app/(console)/[workspace]/mission/mission-view.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { asUser } from "#lib/db/as-user.ts";
import { readMission } from "#lib/overview/mission.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Mission control" };

type Props = { params: Promise<{ workspace: string }> };

/** The launch at one look: whether to act and on what, where it stands, and how it does against its targets. */
export default async function MissionControlPage({ params }: Props) {
  const { workspace: slug } = await params;
  const { claims, workspace, permissions } = await requireMember(slug);
  const mission = await asUser(claims, (tx) =>
    readMission(tx, { workspaceId: workspace.id, permissions }, Date.now()),
  );
  return (
    <>
      <PageHeader
        title="Mission control"
        badge={<LiveRefresh slug={slug} />}
        description="Each country in its own local day."
      />
      <MissionView slug={slug} mission={mission} mayPlan={permissions.includes("campaigns.manage")} />
    </>
  );
}
