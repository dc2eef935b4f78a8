import { IconFileText, IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import type { Metadata } from "next";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { DailySummary } from "#app/(console)/[workspace]/reports/daily-summary.tsx";
import { MakeReport } from "#app/(console)/[workspace]/reports/make-report.tsx";
import classes from "#app/(console)/[workspace]/reports/reports.module.css";
import { Schedules } from "#app/(console)/[workspace]/reports/schedules.tsx";
import { EmptyState } from "#components/empty-state.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import { asUser } from "#lib/db/as-user.ts";
import type { Tx } from "#lib/db/service.ts";
import { type Report, readReports } from "#lib/reports/reports.ts";
import { readSchedules } from "#lib/reports/schedules.ts";
import { readDailySummary } from "#lib/reports/summary.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Reports" };

const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
const MONTHS_OFFERED = 13;

function monthsUntil(now: Date): { value: string; label: string }[] {
  return Array.from({ length: MONTHS_OFFERED }, (_, back) => {
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1));
    return { value: first.toISOString().slice(0, 7), label: MONTH.format(first) };
  });
}

function sizeText(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 1024)} kB`;
}

function ReportPanel({ slug, report }: { slug: string; report: Report }) {
  const Sign = report.auditVerified ? IconShieldCheck : IconShieldX;
  const title = MONTH.format(new Date(report.month));
  return (
    <article className={panel.panel} aria-labelledby={report.id}>
      <div className={panel.head}>
        <div>
          <h3 id={report.id} className={panel.title}>
            {title}
          </h3>
          <span className={classes.made}>
            Made by {report.madeBy}, <RelativeTime at={report.madeAt} />
          </span>
        </div>
        <span className={classes.proof} data-verified={report.auditVerified}>
          <Sign size={16} stroke={1.8} aria-hidden />
          {report.auditVerified
            ? `Audit trail verified up to entry ${report.auditSequence}`
            : "The audit trail did not hold"}
        </span>
      </div>
      <ul className={classes.files}>
        {report.files.map(({ name, bytes, sha256 }) => (
          <li key={name}>
            <a href={`/${slug}/reports/${report.id}/${name}`} download>
              {name}
            </a>
            {bytes !== null && <span className={classes.size}>{sizeText(bytes)}</span>}
            {sha256 !== null && (
              <code className={classes.hash} title={`SHA-256 ${sha256}`}>
                {sha256.slice(0, 16)}…
              </code>
            )}
          </li>
        ))}
      </ul>
    </article>
  );
}

async function readPage(tx: Tx, workspaceId: string) {
  return {
    reports: await readReports(tx, workspaceId),
    schedules: await readSchedules(tx, workspaceId),
    summary: await readDailySummary(tx, workspaceId),
  };
}

type Props = { params: Promise<{ workspace: string }> };

/** The investor's packages as they were made, for download, the button that makes another, and when they are sent to whom. */
export default async function ReportsPage({ params }: Props) {
  const { workspace: slug } = await params;
  const { claims, workspace, permissions } = await requireMember(slug);
  if (!permissions.includes("reports.read")) {
    return <NoAccess slug={slug}>Reports are read by others.</NoAccess>;
  }
  const { reports, schedules, summary } = await asUser(claims, (tx) => readPage(tx, workspace.id));
  const mayManage = permissions.includes("reports.manage");
  return (
    <>
      <PageHeader
        title="Reports"
        badge={<LiveRefresh slug={slug} />}
        description="The monthly package for investors. What is made is kept as it is; each download is audited."
        actions={mayManage && <MakeReport slug={slug} months={monthsUntil(new Date())} />}
      />
      <DailySummary slug={slug} mayManage={mayManage} summary={summary} />
      <Schedules slug={slug} me={claims.email ?? ""} mayManage={mayManage} schedules={schedules} />
      <h2 className={`${classes.heading} ${classes.listed}`} id="reports">
        Reports
      </h2>
      {reports.length === 0 ? (
        <EmptyState icon={<IconFileText />} title="No report is made yet">
          A report holds a month's KPIs, phases, incidents, campaigns and the audit digest with its
          verification.
        </EmptyState>
      ) : (
        <div className={panel.stack}>
          {reports.map((report) => (
            <ReportPanel key={report.id} slug={slug} report={report} />
          ))}
        </div>
      )}
    </>
  );
}
