"use client";

import { Button, Checkbox, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTransition } from "react";
import { change, duplicate, move, remove, takeFit } from "#app/(console)/[workspace]/campaigns/actions.ts";
import classes from "#app/(console)/[workspace]/campaigns/campaigns.module.css";
import { type Choice, PlanFields } from "#app/(console)/[workspace]/campaigns/plan-fields.tsx";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { DateTimeInput } from "#components/date-time-input.tsx";
import { formProblem, isRefused } from "#components/form-state.ts";
import type { Campaign } from "#lib/campaigns/schema.ts";
import type { CampaignStatus } from "#lib/campaigns/vocabulary.ts";

type FitProps = {
  slug: string;
  id: string;
  version: number;
  label: string;
  sets: Record<string, string | number>;
};

/** Takes over one thing that would fit. */
export function FitButton({ slug, id, version, label, sets }: FitProps) {
  const [isPending, start] = useTransition();
  const take = () =>
    start(async () => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ id, version, ...sets })) form.set(name, String(value));
      const state = await takeFit(slug, {}, form);
      if (isRefused(state))
        notifications.show({ color: "red", message: formProblem(state) ?? "It was not changed." });
    });
  return (
    <Button size="xs" variant="light" loading={isPending} onClick={take}>
      {label}
    </Button>
  );
}

const MOVES: Record<
  CampaignStatus,
  readonly { to: CampaignStatus; label: string; variant: "filled" | "default" }[]
> = {
  draft: [
    { to: "scheduled", label: "Schedule", variant: "filled" },
    { to: "live", label: "Start now", variant: "default" },
    { to: "cancelled", label: "Cancel it", variant: "default" },
  ],
  scheduled: [
    { to: "live", label: "Start now", variant: "filled" },
    { to: "draft", label: "Back to draft", variant: "default" },
    { to: "cancelled", label: "Cancel it", variant: "default" },
  ],
  live: [
    { to: "ended", label: "End it", variant: "default" },
    { to: "cancelled", label: "Cancel it", variant: "default" },
  ],
  ended: [],
  cancelled: [],
};

type Props = { slug: string; campaign: Campaign; countries: readonly Choice[]; fits: boolean };

/** What may be done with a campaign where it stands. */
export function CampaignMoves({ slug, campaign, countries, fits }: Props) {
  const hidden = { id: campaign.id, version: campaign.version };
  const needsReason = (to: CampaignStatus) =>
    to === "cancelled" || (!fits && (to === "scheduled" || to === "live"));
  const isOver = campaign.status === "ended" || campaign.status === "cancelled";
  return (
    <div className={classes.buttons}>
      {!campaign.template &&
        MOVES[campaign.status].map(({ to, label, variant }) => (
          <ConfirmForm
            key={to}
            trigger={{ label, variant }}
            title={`${label}: ${campaign.name}`}
            explanation={
              !fits && (to === "scheduled" || to === "live")
                ? "It does not fit what the country can take. Say why it goes ahead all the same, or change it first."
                : undefined
            }
            action={move.bind(null, slug)}
            hidden={{ ...hidden, status: to }}
            reason={needsReason(to) ? "required" : "optional"}
            danger={to === "cancelled"}
            submitLabel={label}
            doneMessage="Done"
          />
        ))}
      {!isOver && (
        <ConfirmForm
          trigger={{ label: "Edit", variant: "default" }}
          title={`Edit ${campaign.name}`}
          action={change.bind(null, slug)}
          hidden={hidden}
          reason="none"
          submitLabel="Save"
          doneMessage="Saved"
        >
          {(problem) => <PlanFields campaign={campaign} countries={countries} problem={problem} />}
        </ConfirmForm>
      )}
      <ConfirmForm
        trigger={{ label: "Duplicate", variant: "default" }}
        title={`Make another like ${campaign.name}`}
        action={duplicate.bind(null, slug)}
        hidden={{ id: campaign.id }}
        reason="none"
        submitLabel="Make it"
        doneMessage="It is made"
      >
        {(problem) => (
          <>
            <TextInput
              name="name"
              label="Name"
              defaultValue={campaign.name}
              error={problem("name")}
              required
              withAsterisk={false}
            />
            <DateTimeInput
              name="starts_at"
              label="Starts"
              defaultValue={new Date(Date.now() + 7 * 86_400_000)}
              error={problem("starts_at")}
              required
            />
            <Checkbox name="template" value="on" label="As a template, to make others from" />
          </>
        )}
      </ConfirmForm>
      {campaign.status === "draft" && (
        <ConfirmForm
          trigger={{ label: "Delete", variant: "subtle", color: "red" }}
          title={`Delete ${campaign.name}`}
          explanation="Nothing has come of it yet. It can't be brought back."
          action={remove.bind(null, slug)}
          hidden={hidden}
          reason="none"
          danger
          submitLabel="Delete"
          doneMessage="It is deleted"
        />
      )}
    </div>
  );
}
