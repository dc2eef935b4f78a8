import { IconHourglass } from "@tabler/icons-react";
import type { Metadata } from "next";
import { z } from "zod";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import { FoundTickets } from "#app/(console)/[workspace]/queue/found-tickets.tsx";
import classes from "#app/(console)/[workspace]/queue/queue.module.css";
import { QueueSettings } from "#app/(console)/[workspace]/queue/queue-settings.tsx";
import { QueuesTable } from "#app/(console)/[workspace]/queue/queues-table.tsx";
import { EmptyState } from "#components/empty-state.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { asUser } from "#lib/db/as-user.ts";
import { countryName } from "#lib/launch/country-name.ts";
import {
  findTickets,
  readQueueSettings,
  readQueues,
  type QueueSettings as Settings,
} from "#lib/queue/queues.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Queue" };

const Query = z.object({ subject: z.string().trim().min(1).max(200).optional().catch(undefined) });

const SAMPLE = `curl -X POST "$GANTRY_URL/api/v1/cap-checks" \\
  -H "Authorization: Bearer $GANTRY_KEY" -H "Idempotency-Key: sign-up-42" \\
  -H "Content-Type: application/json" \\
  -d '{"country":"PL","operation":"user","subject":"account-42","queue":true}'`;

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, unknown>> };

/** The empty page: whether tickets are given at all, and the call that takes the first. */
function NobodyWaits({ settings, mayManage }: { settings: readonly Settings[]; mayManage: boolean }) {
  const isOn = settings.some((one) => one.enabled);
  return (
    <>
      <EmptyState icon={<IconHourglass />} title="Nobody waits, and nobody waited today">
        {!isOn && (mayManage ? "Switch the queue on below. " : "An owner or admin can switch the queue on. ")}
        A check with <code>queue</code> that meets a throttled or full country is {isOn ? "" : "then "}
        answered with a ticket and the address of a waiting page.
      </EmptyState>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre className={classes.sample} tabIndex={0}>
        {SAMPLE}
      </pre>
    </>
  );
}

/** Who waits where, how fast they are let in, and how each operation queues. */
export default async function QueuePage({ params, searchParams }: Props) {
  const { workspace: slug } = await params;
  const member = await requireMember(slug);
  if (!member.permissions.includes("queue.read")) {
    return <NoAccess slug={slug}>The onboarding queue is watched by others.</NoAccess>;
  }
  const { subject } = Query.parse(await searchParams);
  const { id } = member.workspace;
  const { queues, settings, tickets } = await asUser(member.claims, async (tx) => ({
    queues: await readQueues(tx, id),
    settings: await readQueueSettings(tx, id),
    tickets: subject === undefined ? [] : await findTickets(tx, id, subject),
  }));
  const mayManage = member.permissions.includes("queue.manage");
  return (
    <>
      <PageHeader
        title="Queue"
        badge={<LiveRefresh slug={slug} />}
        description="Who met a door that is closed for a while can wait in order instead of trying again."
      />
      {queues.length === 0 ? (
        <NobodyWaits settings={settings} mayManage={mayManage} />
      ) : (
        <QueuesTable
          slug={slug}
          mayManage={mayManage}
          queues={queues.map((queue) => ({ ...queue, name: countryName(queue.country) }))}
        />
      )}
      <h2 className={classes.part}>How each operation queues</h2>
      <div className={classes.cards}>
        {settings.map((one) => (
          <QueueSettings key={one.operation} slug={slug} settings={one} mayManage={mayManage} />
        ))}
      </div>
      <h2 className={classes.part}>Find a ticket</h2>
      <FoundTickets subject={subject} tickets={tickets} />
    </>
  );
}
