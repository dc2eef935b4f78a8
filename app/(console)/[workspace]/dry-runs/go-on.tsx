"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { RunProgress } from "#app/(console)/[workspace]/dry-runs/run-progress.tsx";
import { useDryRun } from "#app/(console)/[workspace]/dry-runs/use-dry-run.ts";
import { isUnderWay } from "#lib/dryrun/vocabulary.ts";

/** Steps a run that had not ended when the page was opened, and shows the page anew once it has. */
export function GoOn({ slug, id }: { slug: string; id: string }) {
  const router = useRouter();
  const { progress, resume, stop } = useDryRun(slug);
  const begun = useRef<string>(undefined);
  useEffect(() => {
    if (begun.current === id) return;
    begun.current = id;
    void resume(id);
  }, [id, resume]);
  const hasEnded = progress !== null && !isUnderWay(progress.status);
  useEffect(() => {
    if (hasEnded) router.refresh();
  }, [hasEnded, router]);
  return progress === null ? (
    <p>The dry run goes on.</p>
  ) : (
    <RunProgress progress={progress} onCancel={stop} />
  );
}
