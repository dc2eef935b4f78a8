"use client";

import { Button, NativeSelect, Select, Switch } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTransition } from "react";
import { HOURS, zonesWith } from "#app/(console)/[workspace]/reports/schedule-inputs.tsx";
import { setSummary, testSummary } from "#app/(console)/[workspace]/reports/summary-actions.ts";
import classes from "#app/(console)/[workspace]/settings/settings.module.css";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { formProblem } from "#components/form-state.ts";
import type { DailySummary } from "#lib/reports/summary.ts";

type Props = { slug: string; summary: DailySummary };

/** Sets when the daily summary is sent, and sends one now. */
export function SummaryButtons({ slug, summary: { settings, version, channels } }: Props) {
  const zone = settings?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div className={classes.buttons}>
      {channels.length > 0 && <SendNow slug={slug} />}
      <ConfirmForm
        trigger={{ label: settings === null ? "Set it up" : "Change", variant: "default", size: "xs" }}
        title="Daily summary"
        explanation="What came of yesterday, once a day, to every channel that wants it."
        action={setSummary.bind(null, slug)}
        hidden={{ expected_version: version }}
        reason="none"
        submitLabel="Save"
        doneMessage="The daily summary is set"
      >
        {(problem) => (
          <>
            <Switch label="Send it" name="enabled" value="true" defaultChecked={settings?.enabled ?? true} />
            <NativeSelect
              label="At"
              name="hour"
              data={HOURS}
              defaultValue={String(settings?.hour ?? 8)}
              error={problem("hour")}
            />
            <Select
              label="Time zone"
              name="time_zone"
              data={zonesWith(zone)}
              defaultValue={zone}
              searchable
              limit={60}
              nothingFoundMessage="No such zone"
              allowDeselect={false}
              error={problem("time_zone")}
              openOnFocus={false}
            />
          </>
        )}
      </ConfirmForm>
    </div>
  );
}

function SendNow({ slug }: { slug: string }) {
  const [pending, start] = useTransition();
  const send = () =>
    start(async () => {
      const state = await testSummary(slug, {}, new FormData());
      const { data } = state;
      if (data === undefined) {
        notifications.show({ color: "red", message: formProblem(state) ?? "This couldn't be done." });
      } else {
        const where = data.channels === 1 ? "one channel" : `${data.channels} channels`;
        notifications.show({ color: "green", message: `A summary is on its way to ${where}` });
      }
    });
  return (
    <Button variant="default" size="xs" onClick={send} loading={pending}>
      Send one now
    </Button>
  );
}
