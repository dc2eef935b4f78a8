"use client";

import { Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconPlus } from "@tabler/icons-react";
import { create, importRows } from "#app/(console)/[workspace]/campaigns/actions.ts";
import { type Choice, PlanFields } from "#app/(console)/[workspace]/campaigns/plan-fields.tsx";
import { ConfirmForm } from "#components/confirm-form.tsx";
import type { FormState } from "#components/form-state.ts";

type Props = { slug: string; countries: readonly Choice[] };

/** A button that plans a campaign as a draft. */
export function NewCampaign({ slug, countries }: Props) {
  return (
    <ConfirmForm
      trigger={{ label: "New campaign", leftSection: <IconPlus size={16} aria-hidden /> }}
      title="New campaign"
      action={create.bind(null, slug)}
      reason="none"
      submitLabel="Make draft"
      doneMessage="The campaign is made as a draft"
    >
      {(problem) => <PlanFields campaign={null} countries={countries} problem={problem} />}
    </ConfirmForm>
  );
}

const EXAMPLE =
  "name,country,starts_at,ends_at,influencer,followers,traffic_forecast,expected_installs\nAnna in June,PL,2027-06-01T18:00:00Z,2027-06-03T18:00:00Z,Anna,50000,5000,1000";

/** Makes drafts of the rows of a spreadsheet. Rows that are none are named, the others are made. */
export function ImportCampaigns({ slug }: { slug: string }) {
  const run = async (_previous: FormState, form: FormData) => {
    const state = await importRows(slug, {}, form);
    const report = state.data;
    if (report !== undefined) {
      const refused = report.refusals.map(({ row, name, problem }) => `Row ${row} (${name}): ${problem}`);
      notifications.show({
        color: refused.length === 0 ? "green" : "yellow",
        autoClose: refused.length === 0,
        title: `${report.made} drafts made`,
        message: refused.slice(0, 8).join("\n"),
      });
    }
    return state;
  };
  return (
    <ConfirmForm
      trigger={{ label: "Import", variant: "default" }}
      title="Import campaigns"
      explanation="Paste a CSV with the columns name, country, starts_at and ends_at, and others as an export names them. Each row becomes a draft."
      action={run}
      reason="none"
      submitLabel="Import"
    >
      {(problem) => (
        <Textarea
          name="csv"
          label="Rows"
          placeholder={EXAMPLE}
          autosize
          minRows={6}
          maxRows={14}
          error={problem("csv")}
          required
          withAsterisk={false}
        />
      )}
    </ConfirmForm>
  );
}
