"use client";

import { Select } from "@mantine/core";
import { protect } from "#app/(console)/[workspace]/threats/actions.ts";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { DateTimeInput } from "#components/date-time-input.tsx";

const HOUR = 3_600_000;

type Props = { slug: string; countries: readonly { code: string; name: string }[] };

/** A button that refuses a country's payments for a while. */
export function ProtectForm({ slug, countries }: Props) {
  return (
    <ConfirmForm
      trigger={{ label: "Protect payments", variant: "default", size: "xs" }}
      title="Protect payments"
      explanation="Cap checks of the country's payments are refused from now until then. It ends by itself."
      action={protect.bind(null, slug)}
      submitLabel="Refuse payments"
      doneMessage="Payments are refused until then"
      danger
    >
      {(problem) => (
        <>
          <Select
            label="Country"
            name="country"
            data={countries.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))}
            error={problem("country")}
            searchable
            required
            withAsterisk={false}
          />
          <DateTimeInput
            label="Until"
            name="until"
            defaultValue={new Date(Date.now() + HOUR)}
            error={problem("until")}
            required
          />
        </>
      )}
    </ConfirmForm>
  );
}
