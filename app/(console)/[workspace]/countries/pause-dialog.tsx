"use client";

import { Chip, Group, Stack, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMemo, useState } from "react";
import { pause, resume } from "#app/(console)/[workspace]/countries/actions.ts";
import {
  type AboutCountry,
  CountryDialog,
  type DialogCountry,
} from "#app/(console)/[workspace]/countries/country-dialog.tsx";
import { useMay } from "#app/(console)/[workspace]/countries/permissions-context.ts";
import { forCountry } from "#app/(console)/[workspace]/dry-runs/proposals.ts";
import { TryLastWeek } from "#app/(console)/[workspace]/dry-runs/try-last-week.tsx";
import { runAndTell, tellWithUndo } from "#components/notices.tsx";
import { phaseLabel } from "#components/phase-badge.tsx";

const PRESETS = [
  "Fraud suspected",
  "Overload",
  "Safety incident",
  "Broken release",
  "Regulator's request",
  "Drill",
];

function PauseReason({ problem }: { problem: string | undefined }) {
  const [reason, setReason] = useState("");
  return (
    <Stack gap="sm">
      <Chip.Group
        value={PRESETS.includes(reason) ? reason : null}
        onChange={(value) => setReason(String(value))}
      >
        <Group gap={6} role="radiogroup" aria-label="Usual reasons">
          {PRESETS.map((preset, index) => (
            <Chip
              key={preset}
              value={preset}
              size="sm"
              variant="outline"
              radius="sm"
              data-autofocus={index === 0 || undefined}
            >
              {preset}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Textarea
        label="Reason"
        description="Goes into the audit trail."
        name="reason"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={500}
        required
        withAsterisk={false}
        error={problem}
      />
    </Stack>
  );
}

/** Stops a country: a reason, one more click, and nothing is granted any more. */
export function PauseDialog({ slug, country, ...dialog }: AboutCountry<DialogCountry>) {
  const action = useMemo(() => pause.bind(null, slug), [slug]);
  const { code, name, phase } = country;
  const mayResume = useMay("countries.manage");
  const onDone = (version: number) => {
    const message = `${name} is paused`;
    if (!mayResume) return void notifications.show({ color: "green", message });
    tellWithUndo(message, () =>
      runAndTell(
        resume.bind(null, slug),
        { code, phase, expected_version: version, reason: "The pause was undone at once" },
        `${name} is back in ${phaseLabel(phase)}`,
      ),
    );
  };
  return (
    <CountryDialog
      {...dialog}
      country={country}
      guarded={false}
      title={`Pause ${name}`}
      explanation="Once this is done no check is granted, of any operation. Units that are held can still be committed."
      action={action}
      reason="none"
      danger
      submitLabel={`Pause ${name}`}
      onDone={onDone}
    >
      {(problem) => (
        <>
          <PauseReason problem={problem("reason")} />
          <TryLastWeek slug={slug} proposal={() => forCountry(code, { phase: "pause" })} />
        </>
      )}
    </CountryDialog>
  );
}
