"use client";

import { Badge } from "@mantine/core";
import { IconSpeakerphone } from "@tabler/icons-react";
import { STATUS_COLORS, STATUS_WORDS } from "#app/(console)/[workspace]/campaigns/words.ts";
import { DataTable } from "#components/data-table.tsx";
import { columnsOf } from "#components/data-table-columns.ts";
import { EmptyState } from "#components/empty-state.tsx";
import { formatCount } from "#components/number-format.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { CampaignRow } from "#lib/campaigns/campaign-page.ts";
import { isCurrency, MINOR_DIGITS } from "#lib/launch/currencies.ts";

const column = columnsOf<CampaignRow>();
const NOUN = { one: "campaign", many: "campaigns" };

function costOf({ cost_minor: minor, cost_currency: currency }: CampaignRow): number | undefined {
  return minor !== null && currency !== null && isCurrency(currency)
    ? minor / 10 ** MINOR_DIGITS[currency]
    : undefined;
}

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
  column.accessor("traffic_forecast", {
    header: "Traffic forecast",
    meta: { align: "end" },
    cell: ({ row: { original } }) => formatCount(original.traffic_forecast),
  }),
  column.accessor("clicks", {
    header: "Clicks",
    meta: { align: "end" },
    cell: ({ row: { original } }) => formatCount(original.clicks),
  }),
  column.accessor("expected_installs", {
    header: "Expected installs",
    meta: { align: "end" },
    cell: ({ row: { original } }) => formatCount(original.expected_installs),
  }),
  column.accessor("installs", {
    header: "Installs",
    meta: { align: "end" },
    cell: ({ row: { original } }) => formatCount(original.installs),
  }),
  column.accessor("creator_inflow", { header: "Creator inflow", meta: { csv: "always" } }),
  column.accessor("shape", { header: "Shape", meta: { csv: "always" } }),
  column.accessor((row) => costOf(row), { id: "cost", header: "Cost", meta: { csv: "always" } }),
  column.accessor((row) => row.cost_currency ?? undefined, {
    id: "cost_currency",
    header: "Cost currency",
    meta: { csv: "always" },
  }),
  column.accessor((row) => row.sub_quota ?? undefined, {
    id: "sub_quota",
    header: "Sub quota",
    meta: { csv: "always" },
  }),
  column.accessor("install_window_days", { header: "Install window days", meta: { csv: "always" } }),
  column.accessor("later_window_days", { header: "Later window days", meta: { csv: "always" } }),
]);
const PLANNED = [
  "country",
  "creator_inflow",
  "shape",
  "cost",
  "cost_currency",
  "sub_quota",
  "install_window_days",
  "later_window_days",
];

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
      hidden={PLANNED}
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
