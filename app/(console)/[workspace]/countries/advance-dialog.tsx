"use client";

import { Alert, Checkbox, Stack, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMemo, useState } from "react";
import { advance } from "#app/(console)/[workspace]/countries/actions.ts";
import { type AboutCountry, CountryDialog } from "#app/(console)/[workspace]/countries/country-dialog.tsx";
import { defaultCaps, OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { PhaseChoice } from "#app/(console)/[workspace]/countries/phase-choice.tsx";
import { forCountry } from "#app/(console)/[workspace]/dry-runs/proposals.ts";
import { TryLastWeek } from "#app/(console)/[workspace]/dry-runs/try-last-week.tsx";
import { formatCount } from "#components/number-format.ts";
import type { CountryToday } from "#lib/launch/country-pages.ts";
import { OPEN_PHASES, OPERATIONS, type OpenPhase } from "#lib/launch/vocabulary.ts";

/** The phases an open country can advance to. */
export function phasesAhead(country: CountryToday): OpenPhase[] {
  const at = OPEN_PHASES.findIndex((phase) => phase === country.phase);
  return at === -1 ? [] : OPEN_PHASES.slice(at + 1);
}

/** The caps that the form would set. */
function advanceOf(country: CountryToday, form: FormData) {
  const phase = OPEN_PHASES.find((one) => one === form.get("phase")) ?? "public";
  const caps = defaultCaps(phase);
  const raised = OPERATIONS.map((operation) => {
    const now = country.gates[operation].cap;
    return [
      `${operation}_units`,
      form.get("raise_caps") === "on" ? Math.max(now, caps[operation]) : now,
    ] as const;
  });
  return Object.fromEntries(raised);
}

type FieldsProps = { country: CountryToday; problem: (name: string) => string | undefined };

function AdvanceFields({ country, problem }: FieldsProps) {
  const [ahead] = useState(() => phasesAhead(country));
  const [phase, setPhase] = useState<OpenPhase>(ahead[0] ?? "public");
  const skips = ahead.indexOf(phase) > 0;
  const caps = defaultCaps(phase);
  const raised = OPERATIONS.filter((operation) => caps[operation] > country.gates[operation].cap);
  return (
    <Stack gap="md">
      <PhaseChoice
        label="Advances to"
        phases={ahead}
        value={phase}
        onChange={setPhase}
        hint={(each) => `${formatCount(defaultCaps(each).user)} users a day by default`}
        error={problem("phase")}
      />
      <Checkbox
        name="raise_caps"
        value="on"
        defaultChecked
        label="Raise caps to this phase's defaults"
        description={
          raised.length === 0
            ? "They are that high already."
            : raised
                .map((operation) => {
                  const was = formatCount(country.gates[operation].cap);
                  return `${OPERATION_WORDS[operation]} ${was} → ${formatCount(caps[operation])}`;
                })
                .join(", ")
        }
      />
      {skips && (
        <Alert color="yellow" role="status">
          This skips a phase, which needs a reason.
        </Alert>
      )}
      <Textarea
        label={skips ? "Reason" : "Reason (optional)"}
        description="Goes into the audit trail."
        name="reason"
        autosize
        minRows={2}
        maxRows={6}
        maxLength={500}
        required={skips}
        withAsterisk={false}
        error={problem("reason")}
      />
    </Stack>
  );
}

/** Moves an open country forward. */
export function AdvanceDialog({ slug, country, ...dialog }: AboutCountry) {
  const action = useMemo(() => advance.bind(null, slug), [slug]);
  return (
    <CountryDialog
      {...dialog}
      country={country}
      title={`Advance ${country.name}`}
      explanation="Today's usage stays; nobody is let in twice and the day doesn't start again."
      action={action}
      reason="none"
      submitLabel="Advance"
      onDone={() => notifications.show({ color: "green", message: `${country.name} has advanced` })}
    >
      {(problem) => (
        <>
          <AdvanceFields country={country} problem={problem} />
          <TryLastWeek slug={slug} proposal={(form) => forCountry(country.code, advanceOf(country, form))} />
        </>
      )}
    </CountryDialog>
  );
}
