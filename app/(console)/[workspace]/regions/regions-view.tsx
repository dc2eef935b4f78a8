"use client";

import { IconChartBar } from "@tabler/icons-react";
import { HIDDEN_COLUMNS, KPI_COLUMNS, RISK_COLUMNS } from "#app/(console)/[workspace]/regions/columns.tsx";
import { DataTable } from "#components/data-table.tsx";
import { EmptyState } from "#components/empty-state.tsx";
import type { Region } from "#lib/regions/region-pages.ts";

type Props = { slug: string; regions: readonly Region[]; mayReadRisk: boolean };

/** The KPIs of every country, with risk for who may see it. */
export function RegionsView({ slug, regions, mayReadRisk }: Props) {
  return (
    <DataTable
      id={mayReadRisk ? "regions-risk" : "regions"}
      label="KPIs of countries"
      noun={{ one: "country", many: "countries" }}
      columns={mayReadRisk ? RISK_COLUMNS : KPI_COLUMNS}
      rows={regions}
      rowId={(region) => region.code}
      rowHref={(region) => `/${slug}/regions/${region.code}`}
      initialSort={mayReadRisk ? [{ id: "risk", desc: true }] : [{ id: "name", desc: false }]}
      hidden={HIDDEN_COLUMNS}
      csvName="regions"
      empty={
        <EmptyState icon={<IconChartBar />} title="No KPIs yet">
          They are taken each hour from the events that your product reports, once countries are listed or the
          first event has come.
        </EmptyState>
      }
    />
  );
}
