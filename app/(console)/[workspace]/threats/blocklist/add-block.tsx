"use client";

import { Select, TextInput } from "@mantine/core";
import { IconBan } from "@tabler/icons-react";
import { add } from "#app/(console)/[workspace]/threats/actions.ts";
import { KINDS } from "#app/(console)/[workspace]/threats/words.ts";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { DateTimeInput } from "#components/date-time-input.tsx";
import { BLOCK_KINDS } from "#lib/threats/vocabulary.ts";

const WEEK = 7 * 86_400_000;

/** A button that blocks one value. */
export function AddBlock({ slug }: { slug: string }) {
  return (
    <ConfirmForm
      trigger={{ label: "Block", leftSection: <IconBan size={16} aria-hidden /> }}
      title="Block"
      explanation="The next cap check of it is refused. Of a value that is blocked already, reason and end are replaced."
      action={add.bind(null, slug)}
      submitLabel="Block"
      doneMessage="It is blocked"
    >
      {(problem) => (
        <>
          <Select
            label="Kind"
            name="kind"
            data={BLOCK_KINDS.map((value) => ({ value, label: KINDS[value] ?? value }))}
            defaultValue={BLOCK_KINDS[0]}
            allowDeselect={false}
            error={problem("kind")}
          />
          <TextInput
            label="Value"
            description="As your product reports it; an IP range such as 203.0.113.0/24."
            name="value"
            maxLength={200}
            error={problem("value")}
            required
            withAsterisk={false}
          />
          <DateTimeInput
            label="Until"
            name="until"
            defaultValue={new Date(Date.now() + WEEK)}
            error={problem("until")}
            required
          />
        </>
      )}
    </ConfirmForm>
  );
}
