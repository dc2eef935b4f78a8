"use client";

import { Button } from "@mantine/core";
import { IconCalendarPlus } from "@tabler/icons-react";
import {
  changeOne,
  createOne,
  deleteOne,
  switchOne,
  testOne,
} from "#app/(console)/[workspace]/reports/schedule-actions.ts";
import { ScheduleInputs } from "#app/(console)/[workspace]/reports/schedule-inputs.tsx";
import classes from "#app/(console)/[workspace]/settings/settings.module.css";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { runAndTell } from "#components/notices.tsx";
import type { Schedule } from "#lib/reports/schedule-schema.ts";

type AddProps = { slug: string; me: string };

/** A new schedule. */
export function AddSchedule({ slug, me }: AddProps) {
  return (
    <ConfirmForm
      trigger={{
        label: "Schedule it",
        variant: "default",
        leftSection: <IconCalendarPlus size={16} aria-hidden />,
      }}
      title="Send the report each month"
      explanation="The package of the month before is made and a link to it is mailed. No figures are in the mail."
      action={createOne.bind(null, slug)}
      reason="none"
      submitLabel="Schedule it"
      doneMessage="The report is scheduled"
    >
      {(problem) => <ScheduleInputs schedule={null} me={me} problem={problem} />}
    </ConfirmForm>
  );
}

type Props = AddProps & { schedule: Schedule };

/** What can be done with a schedule. */
export function ScheduleButtons({ slug, me, schedule }: Props) {
  const { id, name, enabled, version } = schedule;
  return (
    <div className={classes.buttons}>
      <Button
        variant="default"
        size="xs"
        onClick={() =>
          runAndTell(testOne.bind(null, slug), { id }, "Last month's report is on its way to you alone")
        }
      >
        Send me a test
      </Button>
      <ConfirmForm
        trigger={{ label: "Change", variant: "default", size: "xs" }}
        title={`Change ${name}`}
        action={changeOne.bind(null, slug)}
        hidden={{ id, expected_version: version }}
        reason="none"
        submitLabel="Save"
        doneMessage="The schedule is changed"
      >
        {(problem) => <ScheduleInputs schedule={schedule} me={me} problem={problem} />}
      </ConfirmForm>
      <Button
        variant="default"
        size="xs"
        onClick={() =>
          runAndTell(
            switchOne.bind(null, slug),
            { id, enabled: String(!enabled) },
            enabled ? `${name} is switched off` : `${name} is switched on`,
          )
        }
      >
        {enabled ? "Switch off" : "Switch on"}
      </Button>
      <ConfirmForm
        trigger={{ label: "Delete", variant: "default", size: "xs", color: "red" }}
        title={`Delete ${name}?`}
        explanation="Nothing more is sent by it. Links in its mails to outside addresses stop working, unless another schedule names them too."
        action={deleteOne.bind(null, slug)}
        hidden={{ id }}
        reason="none"
        danger
        submitLabel="Delete schedule"
        doneMessage={`${name} was deleted`}
      />
    </div>
  );
}
