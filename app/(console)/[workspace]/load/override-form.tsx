"use client";

import { Select, Stack } from "@mantine/core";
import { endOverride, forceLevel, setYield } from "#app/(console)/[workspace]/load/actions.ts";
import { throttleWord } from "#app/(console)/[workspace]/throttle-words.ts";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { DateTimeInput } from "#components/date-time-input.tsx";

const HOUR_MS = 3_600_000;
const LEVELS = [
  { value: "0", label: "0: hold at normal, a false positive" },
  ...[1, 2, 3].map((level) => ({
    value: String(level),
    label: `${level}: ${throttleWord(level).toLowerCase()}`,
  })),
];
const YIELDS = [
  ...[1, 2, 3].map((level) => ({ value: String(level), label: `From level ${level}` })),
  { value: "4", label: "Never" },
];

/** Forces a level for a while. */
export function ForceLevel({ slug }: { slug: string }) {
  return (
    <ConfirmForm
      trigger={{ label: "Force a level", variant: "default" }}
      title="Force a throttle level"
      explanation="It wins over what is measured and ends by itself, within 7 days."
      action={forceLevel.bind(null, slug)}
      submitLabel="Force it"
      danger
      doneMessage="The level is forced"
    >
      {(problem) => (
        <Stack gap="sm">
          <Select
            name="level"
            label="Level"
            data={LEVELS}
            defaultValue="0"
            allowDeselect={false}
            error={problem("level")}
          />
          <DateTimeInput
            name="until"
            label="Until"
            defaultValue={new Date(Date.now() + HOUR_MS)}
            error={problem("until")}
            required
          />
        </Stack>
      )}
    </ConfirmForm>
  );
}

/** Ends the override early. */
export function EndOverride({ slug }: { slug: string }) {
  return (
    <ConfirmForm
      trigger={{ label: "End it now", variant: "default" }}
      title="End the forced level"
      explanation="The measured level is in force again at once."
      action={endOverride.bind(null, slug)}
      submitLabel="End it"
      doneMessage="The measured level is in force"
    />
  );
}

/** Changes from which level an operation yields. */
export function YieldDialog({ slug, operation, from }: { slug: string; operation: string; from: number }) {
  return (
    <ConfirmForm
      trigger={{ label: "Change", variant: "default", size: "xs" }}
      title="When this operation yields"
      explanation="From that throttle level on its checks are refused or queued."
      action={setYield.bind(null, slug)}
      hidden={{ operation }}
      reason="optional"
      submitLabel="Change"
      doneMessage="The next check knows"
    >
      {(problem) => (
        <Select
          name="yields_from"
          label="Yields"
          data={YIELDS}
          defaultValue={String(from)}
          allowDeselect={false}
          error={problem("yields_from")}
        />
      )}
    </ConfirmForm>
  );
}
