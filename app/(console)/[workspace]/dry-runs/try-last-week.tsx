"use client";

import { Button, Stack } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import Link from "next/link";
import { RunProgress } from "#app/(console)/[workspace]/dry-runs/run-progress.tsx";
import { useDryRun } from "#app/(console)/[workspace]/dry-runs/use-dry-run.ts";
import type { Proposal } from "#lib/dryrun/schema.ts";
import { isUnderWay } from "#lib/dryrun/vocabulary.ts";

type Props = {
  slug: string;
  /** Makes the proposal of what the form around it holds; null when it holds nothing to try. */
  proposal: (form: FormData) => Proposal | null;
};

const LAST_WEEK = 7;

/** In a change form: replays the last seven local days with what the form holds, changes nothing, and shows what would have come of it. */
export function TryLastWeek({ slug, proposal }: Props) {
  const { progress, begin, stop } = useDryRun(slug);
  const busy = progress !== null && isUnderWay(progress.status);
  const start = (form: HTMLFormElement | null) => {
    const proposed = proposal(form === null ? new FormData() : new FormData(form));
    if (proposed !== null) void begin(proposed, LAST_WEEK);
  };
  return (
    <Stack gap="xs">
      <div>
        <Button
          variant="default"
          leftSection={<IconHistory size={16} />}
          loading={busy}
          onClick={(event) => start(event.currentTarget.form)}
        >
          What would this have done last week?
        </Button>
      </div>
      {progress !== null && <RunProgress progress={progress} onCancel={stop} />}
      {progress?.status === "done" && progress.id !== null && (
        <Link href={`/${slug}/dry-runs?run=${progress.id}`} target="_blank">
          See it by country and hour (opens a new tab)
        </Link>
      )}
    </Stack>
  );
}
