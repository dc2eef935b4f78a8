import type { Metadata } from "next";
import { z } from "zod";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import { AddChannel } from "#app/(console)/[workspace]/settings/notifications/add-channel.tsx";
import { ChannelsTable } from "#app/(console)/[workspace]/settings/notifications/channels-table.tsx";
import { DeliveriesTable } from "#app/(console)/[workspace]/settings/notifications/deliveries-table.tsx";
import { DeliveryDrawer } from "#app/(console)/[workspace]/settings/notifications/delivery-drawer.tsx";
import classes from "#app/(console)/[workspace]/settings/settings.module.css";
import { PageHeader } from "#components/page-header.tsx";
import { Pager } from "#components/pager.tsx";
import { asUser } from "#lib/db/as-user.ts";
import type { Tx } from "#lib/db/service.ts";
import { readChannels } from "#lib/delivery/channels.ts";
import { readAttempts, readDeliveries, readDelivery } from "#lib/delivery/deliveries.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Notifications" };

const PAGE = 25;
const Id = z.coerce.number().int().min(1).optional().catch(undefined);
const View = z.object({ before: Id, delivery: Id });
type View = z.infer<typeof View>;

async function readPage(tx: Tx, workspaceId: string, { before, delivery }: View) {
  const opened = delivery === undefined ? null : await readDelivery(tx, workspaceId, delivery);
  return {
    channels: await readChannels(tx, workspaceId),
    deliveries: await readDeliveries(tx, workspaceId, { before, limit: PAGE }),
    opened,
    attempts: opened === null ? [] : await readAttempts(tx, opened.id),
  };
}

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Where the workspace's messages go, how that does, and what was sent. */
export default async function NotificationsPage({ params, searchParams }: Props) {
  const { workspace: slug } = await params;
  const { claims, workspace, permissions } = await requireMember(slug);
  if (!permissions.includes("notifications.manage")) {
    return <NoAccess slug={slug}>Notifications are managed by others.</NoAccess>;
  }
  const view = View.parse(await searchParams);
  const { channels, deliveries, opened, attempts } = await asUser(claims, (tx) =>
    readPage(tx, workspace.id, view),
  );
  const path = `/${slug}/settings/notifications`;
  const here = view.before === undefined ? path : `${path}?before=${view.before}`;
  return (
    <>
      <PageHeader
        title="Notifications"
        badge={<LiveRefresh slug={slug} />}
        description="Where alerts and changes of countries are sent. Each message is tried until it arrives, for about three days."
        actions={<AddChannel slug={slug} />}
      />
      <ChannelsTable slug={slug} channels={channels} />
      <section className={classes.section}>
        <h2 className={classes.sectionTitle}>Deliveries</h2>
        <p className={classes.sectionLead}>
          Each message to each channel, newest first. What was given up can be sent again.
        </p>
        <DeliveriesTable
          deliveries={deliveries.data}
          hrefBase={`${here}${here === path ? "?" : "&"}delivery=`}
        >
          <Pager
            label="Pages of deliveries"
            newest={view.before === undefined ? null : path}
            older={deliveries.older === null ? null : `${path}?before=${deliveries.older}`}
          />
        </DeliveriesTable>
      </section>
      {view.delivery !== undefined && (
        <DeliveryDrawer
          key={view.delivery}
          slug={slug}
          delivery={opened}
          attempts={attempts}
          closeHref={here}
        />
      )}
    </>
  );
}
