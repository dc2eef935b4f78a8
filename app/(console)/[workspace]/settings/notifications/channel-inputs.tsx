"use client";

import { Checkbox, NativeSelect, SimpleGrid, Textarea, TextInput } from "@mantine/core";
import { KIND_WORDS } from "#app/(console)/[workspace]/alerts/words.ts";
import { TYPE_LABELS } from "#app/(console)/[workspace]/settings/notifications/words.ts";
import { ALERT_KINDS } from "#lib/alerts/vocabulary.ts";
import type { ChannelRow } from "#lib/delivery/channels.ts";
import { MESSAGE_TYPES } from "#lib/delivery/vocabulary.ts";

type Problem = (name: string) => string | undefined;
type Props = {
  kind: ChannelRow["kind"];
  /** The channel that is changed; null for a new one. */
  channel: ChannelRow | null;
  problem: Problem;
};

const SEVERITIES = [
  { value: "warning", label: "Warnings and critical alerts" },
  { value: "critical", label: "Critical alerts only" },
];
const DEFAULTS = MESSAGE_TYPES.filter((type) => type.startsWith("alert.") || type === "country.paused");

/** Where a channel leads and what it wants. A secret that is kept is not shown: leaving it blank keeps it. */
export function ChannelInputs({ kind, channel, problem }: Props) {
  const types = MESSAGE_TYPES.filter((type) => kind !== "pagerduty" || type.startsWith("alert."));
  const chosen = channel?.message_types ?? DEFAULTS.filter((type) => types.includes(type));
  return (
    <>
      <TextInput
        label="Name"
        name="name"
        defaultValue={channel?.name ?? ""}
        maxLength={80}
        error={problem("name")}
        autoComplete="off"
        data-autofocus
      />
      <Target kind={kind} channel={channel} problem={problem} />
      <Checkbox.Group label="Messages" defaultValue={[...chosen]} error={problem("message_types")}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={6} mt={6}>
          {types.map((type) => (
            <Checkbox key={type} name="message_types[]" value={type} label={TYPE_LABELS[type]} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      <NativeSelect
        label="Of alerts, it gets"
        name="minimum_severity"
        data={SEVERITIES}
        defaultValue={channel?.minimum_severity ?? "warning"}
        error={problem("minimum_severity")}
      />
      <Checkbox.Group
        label="Kinds of alerts"
        description="None ticked: every kind."
        defaultValue={channel?.alert_kinds ?? []}
        error={problem("alert_kinds")}
      >
        <SimpleGrid cols={{ base: 2, xs: 4 }} spacing={6} mt={6}>
          {ALERT_KINDS.map((kind) => (
            <Checkbox key={kind} name="alert_kinds[]" value={kind} label={KIND_WORDS[kind]} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
    </>
  );
}

function Target({ kind, channel, problem }: Props) {
  const kept = channel === null ? "" : ` Left blank, the one that ends in ${channel.hint} stays.`;
  switch (kind) {
    case "slack":
      return (
        <TextInput
          label="Webhook address"
          description={`Slack makes it under Incoming Webhooks of an app.${kept}`}
          name="secret"
          type="url"
          placeholder="https://hooks.slack.com/services/…"
          error={problem("secret")}
          autoComplete="off"
        />
      );
    case "pagerduty":
      return (
        <TextInput
          label="Routing key"
          description={`The integration key of an Events API v2 integration: 32 letters and digits.${kept}`}
          name="secret"
          error={problem("secret")}
          autoComplete="off"
          spellCheck={false}
        />
      );
    case "email":
      return (
        <Textarea
          label="Addresses"
          description="Up to 20, with commas or lines between them. One mail goes to all of them."
          name="recipients"
          defaultValue={(channel?.recipients ?? []).join("\n")}
          autosize
          minRows={2}
          maxRows={8}
          error={problem("recipients")}
        />
      );
    case "webhook":
      return (
        <TextInput
          label="Address"
          description="Messages are posted here, signed as Standard Webhooks says. You see the signing secret once, next."
          name="url"
          type="url"
          placeholder="https://example.com/hooks/gantry"
          defaultValue={channel?.url ?? ""}
          error={problem("url")}
          autoComplete="off"
        />
      );
  }
}
