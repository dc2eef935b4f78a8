"use client";

import { useMemo } from "react";
import { ChangeLink } from "#app/(console)/[workspace]/campaigns/[id]/link-dialogs.tsx";
import classes from "#app/(console)/[workspace]/campaigns/[id]/links.module.css";
import { QrCode } from "#app/(console)/[workspace]/campaigns/[id]/qr-code.tsx";
import { CopyButton } from "#components/copy-button.tsx";
import { DataTable } from "#components/data-table.tsx";
import { columnsOf } from "#components/data-table-columns.ts";
import type { CampaignLink } from "#lib/links/schema.ts";

type Props = { slug: string; campaign: string; links: readonly CampaignLink[]; mayManage: boolean };

const column = columnsOf<CampaignLink>();
const NOUN = { one: "link", many: "links" };

const COLUMNS = column.columns([
  column.accessor("label", {
    header: "Posted where",
    meta: { phone: "title" },
    cell: ({ row: { original } }) => (
      <span className={classes.label}>
        {original.label}
        {!original.active && <span className={classes.off}>Out of use</span>}
      </span>
    ),
  }),
  column.accessor("url", {
    header: "Address",
    meta: { phone: "full" },
    cell: ({ row: { original } }) => (
      <span className={classes.address}>
        /go/{original.slug}
        <CopyButton value={original.url} what={`the address of ${original.label}`} />
      </span>
    ),
  }),
  column.accessor("clicks", { header: "Clicks", meta: { align: "end" } }),
  column.accessor("installs", { header: "Installs", meta: { align: "end" } }),
  column.accessor("registrations", { header: "Registrations", meta: { align: "end" } }),
  column.accessor("purchases", { header: "Purchases", meta: { align: "end" } }),
  column.accessor("bots", { header: "Bots", meta: { align: "end" } }),
]);

function handling({ slug, campaign, mayManage }: Omit<Props, "links">) {
  return column.columns([
    column.display({
      id: "handle",
      header: "Actions",
      cell: ({ row: { original } }) => (
        <div className={classes.buttons}>
          <QrCode url={original.url} label={original.label} />
          {mayManage && <ChangeLink slug={slug} campaign={campaign} link={original} />}
        </div>
      ),
    }),
  ]);
}

/** A campaign's links with what each brought. */
export function LinksTable({ links, slug, campaign, mayManage }: Props) {
  // The same columns at each refresh: new ones would close the dialog in a row.
  const columns = useMemo(
    () => [...COLUMNS, ...handling({ slug, campaign, mayManage })],
    [slug, campaign, mayManage],
  );
  return (
    <DataTable
      id="campaign-links"
      label="The campaign's links"
      noun={NOUN}
      columns={columns}
      rows={links}
      rowId={(row) => row.id}
    />
  );
}
