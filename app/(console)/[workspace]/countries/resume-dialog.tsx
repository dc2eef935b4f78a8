"use client";

import { useMemo, useState } from "react";
import { pause, resume } from "#app/(console)/[workspace]/countries/actions.ts";
import { type AboutCountry, CountryDialog } from "#app/(console)/[workspace]/countries/country-dialog.tsx";
import { PhaseChoice } from "#app/(console)/[workspace]/countries/phase-choice.tsx";
import { forCountry } from "#app/(console)/[workspace]/dry-runs/proposals.ts";
import { TryLastWeek } from "#app/(console)/[workspace]/dry-runs/try-last-week.tsx";
import { runAndTell, tellWithUndo } from "#components/notices.tsx";
import { OPEN_PHASES, type OpenPhase } from "#lib/launch/vocabulary.ts";

function ResumePhase({ before, problem }: { before: OpenPhase; problem: string | undefined }) {
  const [phase, setPhase] = useState(before);
  const phases = OPEN_PHASES.slice(0, OPEN_PHASES.indexOf(before) + 1).reverse();
  return (
    <PhaseChoice
      label="Resumes in"
      phases={phases}
      value={phase}
      onChange={setPhase}
      hint={(each) => (each === before ? "As before the pause" : "A step back")}
      error={problem}
    />
  );
}

/** Reopens a paused country, where it was or a step back. */
export function ResumeDialog({ slug, country, tried = null, ...dialog }: AboutCountry) {
  const action = useMemo(() => resume.bind(null, slug), [slug]);
  const { code, name, phaseBeforePause, pauseReason } = country;
  const onDone = () =>
    tellWithUndo(`${name} is open again`, () =>
      runAndTell(
        pause.bind(null, slug),
        { code, reason: "The resumption was undone at once" },
        `${name} is paused again`,
      ),
    );
  return (
    <CountryDialog
      {...dialog}
      country={country}
      title={`Resume ${name}`}
      explanation={`Paused because: “${pauseReason ?? ""}”. Caps and today's usage stay as they are.`}
      action={action}
      reason={tried === null ? "optional" : "required"}
      submitLabel="Resume"
      onDone={onDone}
    >
      {(problem) => (
        <>
          <ResumePhase before={phaseBeforePause ?? "alpha"} problem={problem("phase")} />
          <TryLastWeek slug={slug} proposal={() => forCountry(code, { phase: "open" })} />
        </>
      )}
    </CountryDialog>
  );
}
