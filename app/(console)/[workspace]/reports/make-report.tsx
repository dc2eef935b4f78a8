"use client";

import { Select } from "@mantine/core";
import { make } from "#app/(console)/[workspace]/reports/actions.ts";
import { ConfirmForm } from "#components/confirm-form.tsx";

type Props = { slug: string; months: { value: string; label: string }[] };

/** Asks for a month and makes its package. */
export function MakeReport({ slug, months }: Props) {
  return (
    <ConfirmForm
      trigger={{ label: "Make a report" }}
      title="Make a report"
      explanation="KPIs, phases, incidents, campaigns and the audit digest of a month, as a PDF and CSV files. The whole audit trail is verified first."
      action={make.bind(null, slug)}
      reason="none"
      submitLabel="Make it"
      doneMessage="The report is made and kept"
    >
      {(problem) => (
        <Select
          name="month"
          label="Month"
          data={months}
          defaultValue={months[0]?.value ?? null}
          allowDeselect={false}
          error={problem("month")}
        />
      )}
    </ConfirmForm>
  );
}
