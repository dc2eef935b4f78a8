"use client";

import { NumberInput, Stack, Switch, TextInput } from "@mantine/core";
import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { change } from "#app/(console)/[workspace]/queue/actions.ts";
import classes from "#app/(console)/[workspace]/queue/queue.module.css";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { Fact, Facts } from "#components/facts.tsx";
import { formatCount } from "#components/number-format.ts";
import type { QueueSettings as Settings } from "#lib/queue/queues.ts";

type Props = { slug: string; settings: Settings; mayManage: boolean };

function Fields({
  settings,
  problem,
}: {
  settings: Settings;
  problem: (name: string) => string | undefined;
}) {
  return (
    <Stack gap="md">
      <Switch name="enabled" value="true" label="Give tickets" defaultChecked={settings.enabled} />
      <NumberInput
        name="claim_seconds"
        label="Claim window, seconds"
        description="How long a ready ticket is held before it passes to the next."
        defaultValue={settings.claim_seconds}
        min={30}
        max={3600}
        allowDecimal={false}
        hideControls
        error={problem("claim_seconds")}
      />
      <NumberInput
        name="per_minute"
        label="Most let in a minute"
        description="In each country."
        defaultValue={settings.per_minute}
        min={1}
        max={100_000}
        allowDecimal={false}
        hideControls
        error={problem("per_minute")}
      />
      <Switch
        name="carries_over"
        value="true"
        label="Keep places when the country's day ends"
        defaultChecked={settings.carries_over}
      />
      <TextInput
        name="return_url"
        label="Return address"
        description="Where the waiting page leads when it is one's turn, with ?ticket= added."
        placeholder="https://app.example.com/join"
        defaultValue={settings.return_url ?? ""}
        error={problem("return_url")}
      />
    </Stack>
  );
}

/** How one operation queues, with a dialog to change it. */
export function QueueSettings({ slug, settings, mayManage }: Props) {
  const words = OPERATION_WORDS[settings.operation === "creator" ? "creator" : "user"];
  return (
    <section className={classes.card} aria-label={words}>
      <h3>{words}</h3>
      <Facts>
        <Fact name="Gives tickets">{settings.enabled ? "Yes" : "No"}</Fact>
        <Fact name="Claim window">{settings.claim_seconds} seconds</Fact>
        <Fact name="Most a minute">{formatCount(settings.per_minute)}</Fact>
        <Fact name="Carries over">{settings.carries_over ? "To the next day" : "No, ends with the day"}</Fact>
        <Fact name="Return address">{settings.return_url ?? "None: the page says to go back"}</Fact>
      </Facts>
      {mayManage && (
        <ConfirmForm
          key={settings.version}
          trigger={{ label: "Change", variant: "default", size: "xs" }}
          title={`Queue of ${words.toLowerCase()}`}
          action={change.bind(null, slug)}
          hidden={{ operation: settings.operation, expected_version: settings.version }}
          reason="optional"
          submitLabel="Change queue"
          doneMessage="The queue is changed"
        >
          {(problem) => <Fields settings={settings} problem={problem} />}
        </ConfirmForm>
      )}
    </section>
  );
}
