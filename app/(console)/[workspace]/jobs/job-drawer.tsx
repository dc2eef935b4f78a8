"use client";

import { Alert, Badge, Button } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { runNow } from "#app/(console)/[workspace]/jobs/actions.ts";
import classes from "#app/(console)/[workspace]/jobs/jobs.module.css";
import { JobState } from "#app/(console)/[workspace]/jobs/jobs-table.tsx";
import {
  everyWords,
  STATES,
  skipWords,
  tookWords,
  waitWords,
} from "#app/(console)/[workspace]/jobs/words.ts";
import { DetailDrawer } from "#components/detail-drawer.tsx";
import { DetailValue } from "#components/detail-value.tsx";
import { Fact, Facts } from "#components/facts.tsx";
import { runAndTell } from "#components/notices.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import type { Job, JobRun } from "#lib/jobs/jobs.ts";

type Props = {
  slug: string;
  /** Null when there is none of that name. */
  job: Job | null;
  runs: readonly JobRun[];
  mayRun: boolean;
  closeHref: string;
};

/** One job and its history, over the list. */
export function JobDrawer({ slug, job, runs, mayRun, closeHref }: Props) {
  return (
    <DetailDrawer title={job?.name ?? "No such job"} closeHref={closeHref}>
      {job === null ? (
        <Alert color="yellow">There is no job of this name.</Alert>
      ) : (
        <>
          <div className={classes.headline}>
            <JobState job={job} /> {job.description}, {everyWords(job.every_seconds)}.
          </div>
          {waitWords(job) !== null && <p className={classes.none}>{waitWords(job)}.</p>}
          {skipWords(job) !== null && <Alert color="yellow">{skipWords(job)}.</Alert>}
          {mayRun && job.is_function && (
            <Button
              variant="default"
              leftSection={<IconPlayerPlay size={16} aria-hidden />}
              onClick={() =>
                runAndTell(runNow.bind(null, slug), { job: job.name }, `${job.name} was asked to run`)
              }
            >
              Run now, here
            </Button>
          )}
          <h2 className={classes.part}>History</h2>
          <History runs={runs} />
        </>
      )}
    </DetailDrawer>
  );
}

function History({ runs }: { runs: readonly JobRun[] }) {
  if (runs.length === 0) return <p className={classes.none}>It never ran.</p>;
  return (
    <ol className={classes.runs}>
      {runs.map((run) => (
        <li key={run.due_at}>
          <Run run={run} />
        </li>
      ))}
    </ol>
  );
}

function Run({ run }: { run: JobRun }) {
  const { label, color } = STATES[run.state];
  return (
    <details>
      <summary className={classes.run}>
        <Badge tt="none" variant="dot" color={color} miw="max-content">
          {label}
        </Badge>
        <RelativeTime at={run.started_at ?? run.due_at} />
        <span className={classes.took}>{tookWords(run.took_ms)}</span>
      </summary>
      <Facts>
        <Fact name="Due">
          <RelativeTime at={run.due_at} show="stamp" timeZone="UTC" />
        </Fact>
        <Fact name="Lag">{tookWords(run.lag_ms)}</Fact>
        <Fact name="Asked by">{run.requested_by}</Fact>
        <Fact name="Error">{run.error}</Fact>
        <Fact name="Here">{run.result}</Fact>
        <Fact name="Report">
          {run.report !== null && Object.keys(run.report).length > 0 && <DetailValue value={run.report} />}
        </Fact>
      </Facts>
    </details>
  );
}
