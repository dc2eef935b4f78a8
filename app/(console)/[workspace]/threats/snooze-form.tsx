"use client";

import { Select, TextInput } from "@mantine/core";
import { IconZzz } from "@tabler/icons-react";
import { snooze } from "#app/(console)/[workspace]/threats/actions.ts";
import { ruleWords } from "#app/(console)/[workspace]/threats/words.ts";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { DateTimeInput } from "#components/date-time-input.tsx";
import { THREAT_RULES } from "#lib/threats/vocabulary.ts";

const DAY = 86_400_000;

type Props = {
  slug: string;
  /** What to leave alone, when it is known. */
  about?: { rule: string; entity: string };
};

/** A button that leaves an entity alone for a while. */
export function SnoozeForm({ slug, about }: Props) {
  return (
    <ConfirmForm
      trigger={{
        label: "Snooze",
        variant: "default",
        size: about === undefined ? "xs" : "sm",
        leftSection: <IconZzz size={16} aria-hidden />,
      }}
      title={about === undefined ? "Snooze" : `Snooze ${about.entity}`}
      explanation="What the rule finds there is recorded, and neither alerted nor answered until then."
      action={snooze.bind(null, slug)}
      {...(about !== undefined && { hidden: about })}
      submitLabel="Snooze"
      doneMessage="It is left alone until then"
    >
      {(problem) => (
        <>
          {about === undefined && (
            <>
              <Select
                label="Rule"
                name="rule"
                data={THREAT_RULES.map((value) => ({ value, label: ruleWords(value) }))}
                defaultValue={THREAT_RULES[0]}
                allowDeselect={false}
                error={problem("rule")}
              />
              <TextInput
                label="Entity"
                description="A device, a country's code, or all."
                name="entity"
                error={problem("entity")}
                required
                withAsterisk={false}
              />
            </>
          )}
          <DateTimeInput
            label="Until"
            name="until"
            defaultValue={new Date(Date.now() + DAY)}
            error={problem("until")}
            required
          />
        </>
      )}
    </ConfirmForm>
  );
}
