"use client";

import { Badge, VisuallyHidden } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { ChannelButtons } from "#app/(console)/[workspace]/settings/notifications/channel-buttons.tsx";
import {
  type ChannelDialog,
  ChannelDialogs,
} from "#app/(console)/[workspace]/settings/notifications/channel-dialogs.tsx";
import {
  healthOf,
  KIND_LABELS,
  targetOf,
  wantsOf,
} from "#app/(console)/[workspace]/settings/notifications/words.ts";
import classes from "#app/(console)/[workspace]/settings/settings.module.css";
import { DataTable } from "#components/data-table.tsx";
import { columnsOf } from "#components/data-table-columns.ts";
import { EmptyState } from "#components/empty-state.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import type { ChannelRow } from "#lib/delivery/channels.ts";

const column = columnsOf<ChannelRow>();
const NOUN = { one: "channel", many: "channels" };

function Health({ channel }: { channel: ChannelRow }) {
  const { label, color } = healthOf(channel);
  return (
    <span className={classes.who}>
      <span>
        <Badge tt="none" color={color}>
          {label}
        </Badge>
      </span>
      {channel.failing_since !== null && (
        <span className={classes.sub}>
          since <RelativeTime at={channel.failing_since} />
        </span>
      )}
      {channel.last_error !== null && <span className={classes.sub}>{channel.last_error}</span>}
    </span>
  );
}

function columnsWith(slug: string, open: (dialog: ChannelDialog) => void) {
  return column.columns([
    column.accessor("name", {
      header: "Channel",
      meta: { phone: "title" },
      cell: ({ row: { original } }) => (
        <span className={classes.who}>
          <span className={classes.whoName}>{original.name}</span>
          <span className={classes.sub}>
            {KIND_LABELS[original.kind]}: {targetOf(original)}
          </span>
          {original.rotation_ends_at !== null && (
            <span className={classes.sub}>
              The old secret signs as well; it ends <RelativeTime at={original.rotation_ends_at} />
            </span>
          )}
        </span>
      ),
    }),
    column.accessor((row) => healthOf(row).label, {
      id: "health",
      header: "Health",
      meta: { phone: "full" },
      cell: ({ row: { original } }) => <Health channel={original} />,
    }),
    column.accessor(wantsOf, { id: "wants", header: "Gets", meta: { phone: "full" } }),
    column.accessor("last_success_at", {
      header: "Last arrived",
      cell: ({ row: { original } }) =>
        original.last_success_at === null ? (
          <span className={classes.sub}>never</span>
        ) : (
          <RelativeTime at={original.last_success_at} />
        ),
    }),
    column.display({
      id: "actions",
      header: () => <VisuallyHidden>Actions</VisuallyHidden>,
      enableHiding: false,
      meta: { label: "Actions", align: "end", phone: "full" },
      cell: ({ row: { original } }) => <ChannelButtons slug={slug} channel={original} onOpen={open} />,
    }),
  ]);
}

/** The channels, how they do, and what can be done with each. */
export function ChannelsTable({ slug, channels }: { slug: string; channels: readonly ChannelRow[] }) {
  const [dialog, setDialog] = useState<ChannelDialog | null>(null);
  const columns = useMemo(() => columnsWith(slug, setDialog), [slug]);
  return (
    <>
      <DataTable
        id="channels"
        label="Channels"
        noun={NOUN}
        columns={columns}
        rows={channels}
        rowId={(row) => row.id}
        searchText={(row) => `${KIND_LABELS[row.kind]} ${targetOf(row)}`}
        csvName="channels"
        empty={
          <EmptyState icon={<IconSend />} title="No channels yet">
            A channel carries alerts and changes of countries to people who are not looking at the console: to
            Slack, PagerDuty, e-mail, or a webhook of your own. Add one and send a test.
          </EmptyState>
        }
      />
      <ChannelDialogs slug={slug} dialog={dialog} onClose={() => setDialog(null)} />
    </>
  );
}
