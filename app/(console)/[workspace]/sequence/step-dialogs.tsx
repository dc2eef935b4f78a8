"use client";

import { Checkbox, Group, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { removeStep, saveDependency, saveStep } from "#app/(console)/[workspace]/sequence/actions.ts";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { phaseLabel } from "#components/phase-badge.tsx";
import { OPEN_PHASES } from "#lib/launch/vocabulary.ts";
import type { Step } from "#lib/sequence/sequence-page.ts";
import { CEILING_LEVELS } from "#lib/sequence/vocabulary.ts";

type Props = { slug: string; step: Step; version: number | null };

const MODES = [
  { value: "manual", label: "By hand: a person moves it" },
  { value: "propose", label: "Proposed: the engine asks, a person approves" },
  { value: "automatic", label: "By itself, once its gate has passed" },
];
const PHASES = OPEN_PHASES.map((value) => ({ value, label: phaseLabel(value) }));
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const versionOf = (version: number | null) => (version === null ? {} : { version });

/** How a country moves, and when. */
export function StepDialog({ slug, step, version }: Props) {
  return (
    <ConfirmForm
      trigger={{ label: "How it moves", size: "xs", variant: "default" }}
      title={`How ${step.name} moves`}
      action={saveStep.bind(null, slug)}
      hidden={{ country: step.country, ...versionOf(version) }}
      reason="none"
      submitLabel="Save"
      doneMessage="Saved"
    >
      {(problem) => (
        <Stack gap="sm">
          <Select name="mode" label="Moves" data={MODES} defaultValue={step.mode} allowDeselect={false} />
          <Select
            name="opens_as"
            label="Opens as"
            description="The phase it is activated in, once what it waits for holds."
            data={PHASES}
            defaultValue={step.opens_as}
            allowDeselect={false}
          />
          <Checkbox
            name="needs_checklist"
            value="on"
            label="Its checklist has to be complete"
            defaultChecked={step.needs_checklist}
          />
          <Checkbox.Group
            label="Change window"
            description="Days on which it may move. None: at any time."
            defaultValue={(step.window_days ?? []).map(String)}
            error={problem("window_days")}
          >
            <Group gap="xs" mt="xs">
              {DAYS.map((day, index) => (
                <Checkbox key={day} name="window_days[]" value={String(index + 1)} label={day} />
              ))}
            </Group>
          </Checkbox.Group>
          <Group grow align="start">
            <TextInput
              type="time"
              name="window_from"
              label="From"
              defaultValue={step.window_from ?? ""}
              error={problem("window_from")}
            />
            <TextInput
              type="time"
              name="window_to"
              label="To"
              description={step.time_zone}
              defaultValue={step.window_to ?? ""}
              error={problem("window_to")}
            />
          </Group>
        </Stack>
      )}
    </ConfirmForm>
  );
}

/** Which country this one waits for. */
export function DependencyDialog({ slug, step, others, version }: Props & { others: Step[] }) {
  const first = step.dependencies[0];
  return (
    <ConfirmForm
      trigger={{
        label: `Dependencies ${step.dependencies.length}`,
        size: "xs",
        variant: "default",
        disabled: others.length === 0,
      }}
      title={`What ${step.name} waits for`}
      explanation={
        step.dependencies.length > 0
          ? `Now: ${step.dependencies.map((one) => `${one.needs_country} ${one.needs_phase} for ${one.needs_days} days${one.below_level === null ? "" : `, below ${one.below_level}`}`).join("; ")}.`
          : "It waits for no other country yet."
      }
      action={saveDependency.bind(null, slug)}
      hidden={{ country: step.country, ...versionOf(version) }}
      reason="none"
      submitLabel="Save"
      doneMessage="Saved"
    >
      {(problem) => (
        <Stack gap="sm">
          <Select
            name="needs_country"
            label="Country"
            data={others.map(({ country, name }) => ({ value: country, label: name }))}
            defaultValue={first?.needs_country ?? others[0]?.country ?? null}
            allowDeselect={false}
            error={problem("needs_country")}
          />
          <Select
            name="phase"
            label="Has to be"
            description="Empty: it is no longer waited for."
            data={PHASES}
            defaultValue={first?.needs_phase ?? "public"}
            clearable
          />
          <NumberInput
            name="days"
            label="For days"
            min={0}
            max={365}
            defaultValue={first?.needs_days ?? 14}
            error={problem("days")}
          />
          <Select
            name="below_level"
            label="And below a risk of"
            description="Empty: whatever its risk."
            data={CEILING_LEVELS.map((value) => ({ value, label: value }))}
            defaultValue={first?.below_level ?? "medium"}
            clearable
          />
        </Stack>
      )}
    </ConfirmForm>
  );
}

/** Takes a country out of the sequence. */
export function RemoveStep({ slug, step, version }: Props) {
  return (
    <ConfirmForm
      trigger={{ label: "Remove", size: "xs", variant: "subtle", color: "red" }}
      title={`Take ${step.name} out of the sequence`}
      explanation="It stays listed and in its phase. Countries that wait for it no longer do."
      action={removeStep.bind(null, slug)}
      hidden={{ country: step.country, ...versionOf(version) }}
      reason="none"
      danger
      submitLabel="Remove"
      doneMessage={`${step.name} left the sequence`}
    />
  );
}
