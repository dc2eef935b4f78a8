import type { Metadata } from "next";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import { AddBlock } from "#app/(console)/[workspace]/threats/blocklist/add-block.tsx";
import { BlocksTable } from "#app/(console)/[workspace]/threats/blocklist/blocks-table.tsx";
import { ExportBlocks } from "#app/(console)/[workspace]/threats/blocklist/export-blocks.tsx";
import { ImportBlocks } from "#app/(console)/[workspace]/threats/blocklist/import-blocks.tsx";
import {
  type BlockView,
  blockFilter,
  blockHref,
  blockView,
  type RawQuery,
} from "#app/(console)/[workspace]/threats/blocklist/query.ts";
import { SearchForm } from "#app/(console)/[workspace]/threats/blocklist/search-form.tsx";
import classes from "#app/(console)/[workspace]/threats/threats.module.css";
import { KINDS } from "#app/(console)/[workspace]/threats/words.ts";
import { FilterBar } from "#components/filter-bar.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { Pager } from "#components/pager.tsx";
import { asUser } from "#lib/db/as-user.ts";
import { readBlocks } from "#lib/threats/blocks.ts";
import { BLOCK_KINDS } from "#lib/threats/vocabulary.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Blocklist" };

const PAGE = 50;

function kindChoices(path: string, view: BlockView) {
  return [undefined, ...BLOCK_KINDS].map((kind) => ({
    label: kind === undefined ? "Every kind" : (KINDS[kind] ?? kind),
    href: blockHref(path, view, { kind, cursor: undefined }),
    isChosen: view.kind === kind,
  }));
}

function showChoices(path: string, view: BlockView) {
  return (["in_force", "all"] as const).map((show) => ({
    label: show === "all" ? "Ended too" : "In force",
    href: blockHref(path, view, { show, cursor: undefined }),
    isChosen: view.show === show,
  }));
}

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<RawQuery> };

/** The devices, accounts and IP ranges that cap checks refuse, newest first. */
export default async function BlocklistPage({ params, searchParams }: Props) {
  const { workspace: slug } = await params;
  const { claims, workspace, permissions } = await requireMember(slug);
  if (!permissions.includes("threats.read")) {
    return <NoAccess slug={slug}>The blocklist is read by others.</NoAccess>;
  }
  const view = blockView(await searchParams);
  const page = await asUser(claims, (tx) =>
    readBlocks(tx, workspace.id, blockFilter(view), {
      limit: PAGE,
      ...(view.cursor !== undefined && { cursor: view.cursor }),
    }),
  );
  const mayManage = permissions.includes("threats.manage");
  const path = `/${slug}/threats/blocklist`;
  const exported = (format: "csv" | "json") =>
    blockHref(`${path}/export`, view, { format, cursor: undefined });
  return (
    <>
      <PageHeader
        title="Blocklist"
        crumbs={[{ label: "Threats", href: `/${slug}/threats` }]}
        badge={<LiveRefresh slug={slug} />}
        description="The next cap check of a device, an account or an address on this list is refused. Every block has an end."
        actions={
          <>
            <ExportBlocks csv={exported("csv")} json={exported("json")} />
            {mayManage && <ImportBlocks slug={slug} />}
            {mayManage && <AddBlock slug={slug} />}
          </>
        }
      />
      <div className={classes.choosing}>
        <FilterBar label="Kind" choices={kindChoices(path, view)} />
        <FilterBar label="Show" choices={showChoices(path, view)} />
        <SearchForm key={view.search ?? ""} path={path} view={view} />
      </div>
      <BlocksTable
        slug={slug}
        blocks={page.data}
        mayManage={mayManage}
        isWhole={view.kind === undefined && view.search === undefined && view.cursor === undefined}
      >
        <Pager
          newest={view.cursor === undefined ? null : blockHref(path, view, { cursor: undefined })}
          older={page.next_cursor === null ? null : blockHref(path, view, { cursor: page.next_cursor })}
        />
      </BlocksTable>
    </>
  );
}
