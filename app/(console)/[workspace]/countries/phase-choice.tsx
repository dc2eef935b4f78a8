"use client";

import { Radio } from "@mantine/core";
import classes from "#app/(console)/[workspace]/countries/dialogs.module.css";
import { phaseLabel } from "#components/phase-badge.tsx";
import type { OpenPhase } from "#lib/launch/vocabulary.ts";

type Props = {
  label: string;
  phases: readonly OpenPhase[];
  value: OpenPhase;
  onChange: (phase: OpenPhase) => void;
  hint: (phase: OpenPhase) => string;
  error: string | undefined;
};

/** One of a few phases, each with what it means here. Sends `phase`: a card is a button, which a form leaves out. */
export function PhaseChoice({ label, phases, value, onChange, hint, error }: Props) {
  return (
    <Radio.Group label={label} value={value} onChange={(next) => onChange(next as OpenPhase)} error={error}>
      <input type="hidden" name="phase" value={value} />
      <div className={classes.choices}>
        {phases.map((phase) => (
          <Radio.Card key={phase} value={phase} className={classes.choice ?? ""}>
            <Radio.Indicator />
            <span>
              <span className={classes.choiceName}>{phaseLabel(phase)}</span>
              <span className={classes.choiceHint}>{hint(phase)}</span>
            </span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
