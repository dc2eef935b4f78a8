import type { Metadata } from "next";
import { AlertDrawer } from "#app/(console)/[workspace]/alerts/alert-drawer.tsx";
import classes from "#app/(console)/[workspace]/alerts/alerts.module.css";
import { AlertsTable } from "#app/(console)/[workspace]/alerts/alerts-table.tsx";
import {
  type AlertView,
  alertHref,
  alertQuery,
  alertView,
  type RawQuery,
} from "#app/(console)/[workspace]/alerts/query.ts";
import { KIND_WORDS } from "#app/(console)/[workspace]/alerts/words.ts";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import { FilterBar, type FilterChoice } from "#components/filter-bar.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { Pager } from "#components/pager.tsx";
import { readAlert, readAlerts } from "#lib/alerts/alerts.ts";
import { countUnresolved, readAlertChanges, readAssignees } from "#lib/alerts/inbox.ts";
import { ALERT_KINDS } from "#lib/alerts/vocabulary.ts";
import { asUser } from "#lib/db/as-user.ts";
import type { Tx } from "#lib/db/service.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Alerts" };

const STATUSES = [
  ["unresolved", "Inbox"],
  ["resolved", "Resolved"],
  ["all", "All"],
] as const;

/** Choosing another list goes to its first page, with nothing open. */
const FIRST = { cursor: undefined, alert: undefined };

function statusChoices(path: string, view: AlertView, unresolved: number): FilterChoice[] {
  return STATUSES.map(([status, label]) => ({
    label,
    href: alertHref(path, view, { ...FIRST, status }),
    isChosen: view.status === status,
    ...(status === "unresolved" && { count: unresolved }),
  }));
}

function kindChoices(path: string, view: AlertView): FilterChoice[] {
  return [undefined, ...ALERT_KINDS].map((kind) => ({
    label: kind === undefined ? "Every kind" : KIND_WORDS[kind],
    href: alertHref(path, view, { ...FIRST, kind }),
    isChosen: view.kind === kind,
  }));
}

async function readPage(tx: Tx, workspaceId: string, view: AlertView) {
  const opened = view.alert === undefined ? null : await readAlert(tx, workspaceId, view.alert);
  return {
    page: await readAlerts(tx, workspaceId, alertQuery(view)),
    unresolved: await countUnresolved(tx, workspaceId),
    people: await readAssignees(tx, workspaceId),
    opened,
    changes: opened === null ? [] : await readAlertChanges(tx, opened.id),
  };
}

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<RawQuery> };

/** What somebody should look at, newest first. Each role sees the kinds it may read; the database decides. */
export default async function AlertsPage({ params, searchParams }: Props) {
  const { workspace: slug } = await params;
  const member = await requireMember(slug);
  if (!member.permissions.includes("alerts.read")) {
    return <NoAccess slug={slug}>Alerts are read by others.</NoAccess>;
  }
  const view = alertView(await searchParams);
  const { page, unresolved, people, opened, changes } = await asUser(member.claims, (tx) =>
    readPage(tx, member.workspace.id, view),
  );
  const path = `/${slug}/alerts`;
  const closeHref = alertHref(path, view, { alert: undefined });
  return (
    <>
      <PageHeader
        title="Alerts"
        badge={<LiveRefresh slug={slug} />}
        description="Each condition opens one alert, however often it fires. It ends by itself when the condition has gone."
      />
      <div className={classes.choosing}>
        <FilterBar
          label="Status"
          choices={statusChoices(path, view, unresolved.warning + unresolved.critical)}
        />
        <FilterBar label="Kind" choices={kindChoices(path, view)} />
      </div>
      <AlertsTable
        alerts={page.data}
        people={people}
        hrefBase={alertHref(path, view, { alert: "" })}
        isInbox={view.status === "unresolved" && view.kind === undefined}
      >
        <Pager
          newest={view.cursor === undefined ? null : alertHref(path, view, FIRST)}
          older={
            page.next_cursor === null
              ? null
              : alertHref(path, view, { cursor: page.next_cursor, alert: undefined })
          }
        />
      </AlertsTable>
      {view.alert !== undefined && (
        <AlertDrawer
          key={view.alert}
          slug={slug}
          alert={opened}
          changes={changes}
          people={people}
          mayAnswer={member.permissions.includes("alerts.manage")}
          me={member.user.id}
          closeHref={closeHref}
        />
      )}
    </>
  );
}
