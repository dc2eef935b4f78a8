"use client";

import { Badge } from "@mantine/core";
import { IconSpeakerphone } from "@tabler/icons-react";
import { STATUS_COLORS, STATUS_WORDS } from "#app/(console)/[workspace]/campaigns/words.ts";
import { DataTable } from "#components/data-table.tsx";
import { columnsOf } from "#components/data-table-columns.ts";
import { EmptyState } from "#components/empty-state.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import type { CampaignRow } from "#lib/campaigns/campaign-page.ts";

const column = columnsOf<CampaignRow>();
const NOUN = { one: "campaign", many: "campaigns" };

const COLUMNS = column.columns([
  column.accessor("name", { header: "Name", meta: { phone: "title" } }),
  column.accessor((row) => (row.template ? "Template" : STATUS_WORDS[row.status]), {
    id: "status",
    header: "Status",
    cell: ({ row: { original } }) => (
      <Badge tt="none" variant="light" color={original.template ? "violet" : STATUS_COLORS[original.status]}>
        {original.template ? "Template" : STATUS_WORDS[original.status]}
      </Badge>
    ),
    meta: { phone: "corner" },
  }),
  column.accessor("countryName", { header: "In" }),
  column.accessor("country", { header: "Country", meta: { csv: "always" } }),
  column.accessor((row) => row.influencer ?? undefined, { id: "influencer", header: "Influencer" }),
  column.accessor("starts_at", {
    header: "Starts at",
    cell: ({ row: { original } }) => <RelativeTime at={original.starts_at} />,
  }),
  column.accessor("ends_at", {
    header: "Ends at",
    cell: ({ row: { original } }) => <RelativeTime at={original.ends_at} />,
  }),
  column.accessor("traffic_forecast", { header: "Traffic forecast", meta: { align: "end" } }),
  column.accessor("clicks", { header: "Clicks", meta: { align: "end" } }),
  column.accessor("expected_installs", { header: "Expected installs", meta: { align: "end" } }),
  column.accessor("installs", { header: "Installs", meta: { align: "end" } }),
]);

/** All campaigns and templates, the latest start first. Its CSV can be imported again. */
export function CampaignsTable({ slug, campaigns }: { slug: string; campaigns: readonly CampaignRow[] }) {
  return (
    <DataTable
      id="campaigns"
      label="Campaigns"
      noun={NOUN}
      columns={COLUMNS}
      rows={campaigns}
      rowId={(row) => row.id}
      rowHref={(row) => `/${slug}/campaigns/${row.id}`}
      initialSort={[{ id: "starts_at", desc: true }]}
      hidden={["country"]}
      csvName="campaigns"
      empty={
        <EmptyState icon={<IconSpeakerphone />} title="No campaign yet">
          Plan a campaign in a country. Before it goes live its forecast is held against what the country can
          take.
        </EmptyState>
      }
    />
  );
}
