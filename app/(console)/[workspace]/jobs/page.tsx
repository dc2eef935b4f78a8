import type { Metadata } from "next";
import { z } from "zod";
import { JobDrawer } from "#app/(console)/[workspace]/jobs/job-drawer.tsx";
import { JobsTable } from "#app/(console)/[workspace]/jobs/jobs-table.tsx";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { asUser } from "#lib/db/as-user.ts";
import { readJobRuns, readJobs } from "#lib/jobs/jobs.ts";
import { JobName } from "#lib/jobs/schema.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Jobs" };

const Query = z.object({ job: JobName.optional().catch(undefined) });

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, unknown>> };

/** What the engine does by itself, when it last did, and what that came to in this workspace. */
export default async function JobsPage({ params, searchParams }: Props) {
  const { workspace: slug } = await params;
  const member = await requireMember(slug);
  if (!member.permissions.includes("jobs.read")) {
    return <NoAccess slug={slug}>The engine's jobs are watched by others.</NoAccess>;
  }
  const { job: name } = Query.parse(await searchParams);
  const { jobs, runs } = await asUser(member.claims, async (tx) => ({
    jobs: await readJobs(tx, member.workspace.id),
    runs: name === undefined ? [] : await readJobRuns(tx, member.workspace.id, name),
  }));
  const path = `/${slug}/jobs`;
  const mayRun = member.permissions.includes("jobs.run");
  return (
    <>
      <PageHeader
        title="Jobs"
        badge={<LiveRefresh slug={slug} />}
        description="What the engine does by itself. A job that misses its time raises an alert, and one run catches up for all it missed."
      />
      <JobsTable jobs={jobs} hrefBase={`${path}?job=`} />
      {name !== undefined && (
        <JobDrawer
          key={name}
          slug={slug}
          job={jobs.find((job) => job.name === name) ?? null}
          runs={runs}
          mayRun={mayRun}
          closeHref={path}
        />
      )}
    </>
  );
}
