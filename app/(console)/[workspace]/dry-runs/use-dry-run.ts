"use client";

import { useEffect, useRef, useState } from "react";
import { ask, cancel, step } from "#app/(console)/[workspace]/dry-runs/actions.ts";
import type { Proposal } from "#lib/dryrun/schema.ts";
import { type DryRunStatus, isUnderWay } from "#lib/dryrun/vocabulary.ts";

/** A run as whoever waits for it sees it. */
export type Progress = {
  id: string | null;
  status: DryRunStatus;
  /** From 0 to 1. */
  share: number;
  summary: readonly string[];
  limits: readonly string[];
  problem: string | null;
};

type Refusal = { serverError?: { message: string } | undefined };

const BEGUN: Progress = { id: null, status: "queued", share: 0, summary: [], limits: [], problem: null };
const failed = (answer: Refusal | undefined): Progress => ({
  ...BEGUN,
  status: "failed",
  problem: answer?.serverError?.message ?? "These values cannot be tried. Look at the inputs above.",
});
const PAUSE_MS = 250;

/** Asks for a run, or goes on with `resumed`, and steps it until it has ended, is cancelled, or nobody looks any more; then a job goes on. */
export function useDryRun(slug: string) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const current = useRef(0);
  useEffect(
    () => () => {
      current.current += 1;
    },
    [],
  );

  const follow = async (id: string, turn: number) => {
    while (current.current === turn) {
      const { data, ...refusal } = await step(slug, {}, { id });
      if (current.current !== turn) return;
      if (data === undefined) return setProgress(failed(refusal));
      setProgress({ ...data, id, share: data.place / data.places });
      if (!isUnderWay(data.status)) return;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  };
  const begin = async (proposal: Proposal, days: number) => {
    current.current += 1;
    const turn = current.current;
    setProgress(BEGUN);
    const { data, ...refusal } = await ask(slug, {}, { proposal, days });
    if (data === undefined) return setProgress(failed(refusal));
    await follow(data.id, turn);
  };
  const resume = (id: string) => {
    current.current += 1;
    return follow(id, current.current);
  };
  const stop = async () => {
    current.current += 1;
    if (progress?.id != null) await cancel(slug, {}, { id: progress.id });
    setProgress((now) => now && { ...now, status: "cancelled" });
  };
  return { progress, begin, resume, stop };
}
