import type { Metadata } from "next";
import Link from "next/link";
import { z } from "zod";
import { NewRun } from "#app/(console)/[workspace]/dry-runs/new-run.tsx";
import type { PolicyNow } from "#app/(console)/[workspace]/dry-runs/parts.ts";
import { ResultPanel } from "#app/(console)/[workspace]/dry-runs/result-panel.tsx";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import results from "#app/(console)/[workspace]/results.module.css";
import { PageHeader } from "#components/page-header.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import { asUser } from "#lib/db/as-user.ts";
import type { Tx } from "#lib/db/service.ts";
import type { DryRunHead } from "#lib/dryrun/answers.ts";
import { readDryRun, readDryRuns } from "#lib/dryrun/dry-runs.ts";
import { type CountryToday, readCountriesToday } from "#lib/launch/country-pages.ts";
import { readLimits } from "#lib/load/load-page.ts";
import { readScorecards } from "#lib/regions/scorecard.ts";
import { readRegionSettings } from "#lib/regions/settings.ts";
import { readThreatRules } from "#lib/threats/rules.ts";
import { type Member, requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Dry runs" };

const Query = z.object({
  run: z.uuid().optional().catch(undefined),
  gate: z.string().max(20).optional().catch(undefined),
});

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, unknown>> };

/** What is in force of what the member may see: what the form starts from. */
async function readPolicy(tx: Tx, { workspace, permissions }: Member, countries: readonly CountryToday[]) {
  const { id } = workspace;
  const limits = permissions.includes("load.read") ? await readLimits(tx, id) : undefined;
  const [scorecard] = permissions.includes("risk.read") ? await readScorecards(tx, id, 1) : [];
  const rules = permissions.includes("threats.read") ? await readThreatRules(tx, id) : undefined;
  const now: PolicyNow = {
    countries: countries.map(({ code, name }) => ({ code, name })),
    ...(limits !== undefined && {
      limits: limits.map(({ name, limit, kind }) => ({
        name,
        limit,
        kind: kind === "adaptive" ? kind : "static",
      })),
    }),
    ...(scorecard !== undefined && { scorecard }),
    ...(rules !== undefined && { rules }),
  };
  return now;
}

async function readPage(tx: Tx, member: Member, chosen: string | undefined) {
  const workspaceId = member.workspace.id;
  const { data: runs } = await readDryRuns(tx, workspaceId, { limit: 50 });
  const run = runs.find((one) => one.id === chosen) ?? runs[0];
  const countries = await readCountriesToday(tx, workspaceId);
  return {
    runs,
    run: run === undefined ? null : await readDryRun(tx, workspaceId, run.id),
    countries,
    policy: await readPolicy(tx, member, countries),
    currency: (await readRegionSettings(tx, workspaceId))?.reporting_currency ?? "USD",
  };
}

/** What a run tries, in a few words. */
function titleOf({ proposal, countries, days }: DryRunHead): string {
  const parts = [
    ...(proposal.countries === undefined ? [] : [`caps and phase of ${countries.join(", ")}`]),
    ...(proposal.limits ?? []).map(({ name }) => `limit of ${name}`),
    ...(proposal.scorecard === undefined ? [] : ["scorecard"]),
    ...(proposal.threats === undefined ? [] : ["threat rules"]),
  ];
  const what = parts.join("; ") || "the policy as it was";
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}, ${days} ${days === 1 ? "day" : "days"}`;
}

function RunList({ runs, chosen }: { runs: readonly DryRunHead[]; chosen: string }) {
  return (
    <section className={panel.panel} aria-labelledby="all">
      <div className={panel.head}>
        <h2 id="all" className={panel.title}>
          All dry runs
        </h2>
      </div>
      <ul className={results.list}>
        {runs.map((run) => (
          <li key={run.id}>
            <Link
              href={`?run=${run.id}`}
              scroll={false}
              {...(run.id === chosen && { "aria-current": "true" as const })}
            >
              {titleOf(run)}
            </Link>
            <span className={results.muted}>
              {run.by}, <RelativeTime at={run.created_at} />: {run.status}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Policies tried on recorded traffic: a form for all that can be tried, what the chosen run came to, and all that were made. */
export default async function DryRunsPage({ params, searchParams }: Props) {
  const { workspace: slug } = await params;
  const member = await requireMember(slug);
  const { permissions } = member;
  if (!permissions.includes("dryruns.read")) return <NoAccess slug={slug}>Dry runs are for others.</NoAccess>;
  const query = Query.parse(await searchParams);
  const read = await asUser(member.claims, (tx) => readPage(tx, member, query.run));
  const { runs, run, countries } = read;
  return (
    <>
      <PageHeader
        title="Dry runs"
        description="What would another policy have done? Recorded checks are decided again, in order, by the policy you propose. Nothing changes."
      />
      <div className={panel.stack}>
        {permissions.includes("dryruns.run") && (
          <NewRun slug={slug} now={read.policy} currency={read.currency} />
        )}
        {run !== null && (
          <ResultPanel
            slug={slug}
            run={run}
            countries={countries}
            permissions={permissions}
            gate={query.gate}
          />
        )}
        {run !== null && <RunList runs={runs} chosen={run.id} />}
      </div>
    </>
  );
}
