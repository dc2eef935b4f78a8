import type { Metadata } from "next";
import { verify } from "#app/(console)/[workspace]/audit/actions.ts";
import classes from "#app/(console)/[workspace]/audit/audit.module.css";
import { EntriesTable } from "#app/(console)/[workspace]/audit/entries-table.tsx";
import { EntryDrawer } from "#app/(console)/[workspace]/audit/entry-drawer.tsx";
import { ExportMenu } from "#app/(console)/[workspace]/audit/export-menu.tsx";
import { FilterForm } from "#app/(console)/[workspace]/audit/filter-form.tsx";
import { auditHref, auditView, type RawQuery } from "#app/(console)/[workspace]/audit/query.ts";
import { VerifyPanel } from "#app/(console)/[workspace]/audit/verify-panel.tsx";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import { FilterBar, type FilterChoice } from "#components/filter-bar.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { Pager } from "#components/pager.tsx";
import { asUser } from "#lib/db/as-user.ts";
import {
  type AuditFilter,
  readAuditChoices,
  readAuditEntry,
  readAuditPage,
  SEVERITIES,
} from "#lib/workspace/audit.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Audit" };

const PAGE = 50;

/** Severities to choose from; the rest of the filter stays. */
function severityChoices(path: string, filter: AuditFilter): FilterChoice[] {
  return [undefined, ...SEVERITIES].map((severity) => ({
    label: severity ?? "All",
    href: auditHref(path, { ...filter, severity }),
    isChosen: filter.severity === severity,
  }));
}

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<RawQuery> };

/** Every change of the workspace, newest first. Marketing and safety see what they did themselves; the database decides. */
export default async function AuditPage({ params, searchParams }: Props) {
  const { workspace: slug } = await params;
  const { claims, workspace, permissions } = await requireMember(slug);
  const readsAll = permissions.includes("audit.read");
  if (!readsAll && !permissions.includes("audit.read_own")) {
    return <NoAccess slug={slug}>The audit trail is read by others.</NoAccess>;
  }
  const { filter, before, after, entry: sequence } = auditView(await searchParams);
  const { page, choices, entry } = await asUser(claims, async (tx) => ({
    page: await readAuditPage(tx, workspace.id, filter, { before, after, limit: PAGE }),
    choices: await readAuditChoices(tx, workspace.id),
    entry: sequence === undefined ? undefined : await readAuditEntry(tx, workspace.id, sequence),
  }));
  const path = `/${slug}/audit`;
  const place = { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
  const here = auditHref(path, filter, place);
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <>
      <PageHeader
        title="Audit"
        description={
          readsAll
            ? "Every change, in a chain: each entry carries the hash of the one before it, so nothing can be altered, removed or reordered unseen."
            : "What you did in this workspace. Owners and admins read the whole trail."
        }
        actions={
          <ExportMenu
            csv={auditHref(`${path}/export`, filter, { format: "csv" })}
            json={auditHref(`${path}/export`, filter, { format: "json" })}
            isFiltered={isFiltered}
          />
        }
      />
      {readsAll && <VerifyPanel action={verify.bind(null, slug)} slug={slug} />}
      <div className={classes.choosing}>
        <FilterBar label="Severity" choices={severityChoices(path, filter)} />
        <FilterForm path={path} filter={filter} choices={choices} isFiltered={isFiltered} />
      </div>
      <EntriesTable
        entries={page.entries}
        hrefBase={auditHref(path, filter, { ...place, entry: "" })}
        isFiltered={isFiltered}
        clearHref={path}
      >
        <Pager
          newer={page.hasNewer ? auditHref(path, filter, { after: page.entries[0]?.sequence }) : null}
          older={page.hasOlder ? auditHref(path, filter, { before: page.entries.at(-1)?.sequence }) : null}
        />
      </EntriesTable>
      {entry !== undefined && <EntryDrawer key={sequence} entry={entry} closeHref={here} path={path} />}
    </>
  );
}
