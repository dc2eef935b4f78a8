import { IconFlask } from "@tabler/icons-react";
import type { Metadata } from "next";
import Link from "next/link";
import { z } from "zod";
import { ExperimentPanel } from "#app/(console)/[workspace]/experiments/experiment-panel.tsx";
import { NewExperiment, type OpenCountry } from "#app/(console)/[workspace]/experiments/new-experiment.tsx";
import { ResultPanel } from "#app/(console)/[workspace]/experiments/result-panel.tsx";
import { experimentTitle, statusWords } from "#app/(console)/[workspace]/experiments/words.ts";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import results from "#app/(console)/[workspace]/results.module.css";
import { EmptyState } from "#components/empty-state.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { asUser } from "#lib/db/as-user.ts";
import type { Tx } from "#lib/db/service.ts";
import { type Experiment, readExperimentDays, readExperiments } from "#lib/experiments/experiments.ts";
import { type CountryToday, readCountriesToday } from "#lib/launch/country-pages.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Experiments" };

const Query = z.object({ experiment: z.uuid().optional().catch(undefined) });
const DAY_MS = 86_400_000;

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, unknown>> };

async function readPage(tx: Tx, workspaceId: string, chosen: string | undefined) {
  const experiments = await readExperiments(tx, workspaceId);
  const experiment =
    experiments.find((one) => one.id === chosen) ??
    experiments.find((one) => one.status !== "ended") ??
    experiments[0];
  return {
    experiments,
    experiment,
    detail: experiment === undefined ? null : await readExperimentDays(tx, workspaceId, experiment.id),
    countries: await readCountriesToday(tx, workspaceId),
  };
}

/** Countries that are open and have no experiment under way. */
function choices(countries: readonly CountryToday[], experiments: readonly Experiment[]): OpenCountry[] {
  const busy = new Set(experiments.filter((one) => one.status !== "ended").map((one) => one.country));
  return countries
    .filter(({ code, phase }) => phase !== "not_launched" && phase !== "pause" && !busy.has(code))
    .map(({ code, name, day, gates }) => ({
      code,
      name,
      tomorrow: new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10),
      caps: { user: gates.user.cap, payment: gates.payment.cap, creator: gates.creator.cap },
    }));
}

function ExperimentList({ experiments, chosen }: { experiments: readonly Experiment[]; chosen: string }) {
  return (
    <section className={panel.panel} aria-labelledby="all">
      <div className={panel.head}>
        <h2 id="all" className={panel.title}>
          All experiments
        </h2>
      </div>
      <ul className={results.list}>
        {experiments.map((one) => (
          <li key={one.id}>
            <Link
              href={`?experiment=${one.id}`}
              scroll={false}
              {...(one.id === chosen && { "aria-current": "true" as const })}
            >
              {experimentTitle(one)}
            </Link>
            <span className={results.muted}>{statusWords(one)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Two caps tried on alternating local days: the calendar, what it came to, and all that were made. */
export default async function ExperimentsPage({ params, searchParams }: Props) {
  const { workspace: slug } = await params;
  const { claims, workspace, permissions } = await requireMember(slug);
  if (!permissions.includes("experiments.read")) {
    return <NoAccess slug={slug}>Experiments are for others.</NoAccess>;
  }
  const query = Query.parse(await searchParams);
  const read = await asUser(claims, (tx) => readPage(tx, workspace.id, query.experiment));
  const { experiments, experiment, detail } = read;
  const mayManage = permissions.includes("experiments.manage");
  const add = mayManage && <NewExperiment slug={slug} countries={choices(read.countries, experiments)} />;
  return (
    <>
      <PageHeader
        title="Experiments"
        badge={<LiveRefresh slug={slug} />}
        description="Which of two caps is better for a country? Each local day has one of them, in random order within pairs of days; the days are then compared."
        actions={experiments.length > 0 && add}
      />
      {experiment === undefined || detail === null ? (
        <EmptyState icon={<IconFlask />} title="Nothing has been tried yet" action={add}>
          An experiment takes at least ten days, five for each cap, before it can say anything.
        </EmptyState>
      ) : (
        <div className={panel.stack}>
          <ExperimentPanel slug={slug} experiment={experiment} days={detail.days} mayManage={mayManage} />
          {experiment.status !== "scheduled" && (
            <ResultPanel experiment={experiment} days={detail.days} currency={detail.currency} />
          )}
          {experiments.length > 1 && <ExperimentList experiments={experiments} chosen={experiment.id} />}
        </div>
      )}
    </>
  );
}
