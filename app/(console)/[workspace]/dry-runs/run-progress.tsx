"use client";

import { Alert, Progress as Bar, Button, Group } from "@mantine/core";
import type { Progress } from "#app/(console)/[workspace]/dry-runs/use-dry-run.ts";
import results from "#app/(console)/[workspace]/results.module.css";
import { isUnderWay } from "#lib/dryrun/vocabulary.ts";

type Props = { progress: Progress; onCancel: () => void };

/** How far a run got, with a way to cancel it, then what it came to. Said aloud as it changes. */
export function RunProgress({ progress, onCancel }: Props) {
  const percent = Math.round(progress.share * 100);
  if (isUnderWay(progress.status)) {
    return (
      <Group gap="sm" wrap="nowrap" role="status">
        <Bar value={percent} flex={1} aria-label="Recorded days replayed" />
        <span className={results.muted}>{percent} %</span>
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel the dry run
        </Button>
      </Group>
    );
  }
  if (progress.status === "failed") {
    return (
      <Alert color="red" role="alert">
        {progress.problem}
      </Alert>
    );
  }
  return (
    <div role="status" className={results.reading}>
      {progress.status === "cancelled" && <p>The dry run was cancelled.</p>}
      {progress.status === "done" && progress.summary.map((sentence) => <p key={sentence}>{sentence}</p>)}
      {progress.status === "done" && <p className={results.muted}>{progress.limits[0]}</p>}
    </div>
  );
}
