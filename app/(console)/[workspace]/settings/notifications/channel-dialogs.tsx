"use client";

import { NativeSelect } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import {
  change,
  remove,
  rotate,
  sendFailedAgain,
  toggle,
} from "#app/(console)/[workspace]/settings/notifications/actions.ts";
import { KEPT } from "#app/(console)/[workspace]/settings/notifications/add-channel.tsx";
import { ChannelInputs } from "#app/(console)/[workspace]/settings/notifications/channel-inputs.tsx";
import { ConfirmDialog } from "#components/confirm-dialog.tsx";
import { DateTimeInput } from "#components/date-time-input.tsx";
import type { FormAction } from "#components/form-state.ts";
import { SecretDialog } from "#components/secret-dialog.tsx";
import type { ChannelRow } from "#lib/delivery/channels.ts";

/** What is about to be done, and with which channel. */
export type ChannelDialog = {
  what: "change" | "rotate" | "replay" | "off" | "delete";
  channel: ChannelRow;
};

type Props = { slug: string; dialog: ChannelDialog | null; onClose: () => void };
type DialogProps = { slug: string; channel: ChannelRow; opened: true; onClose: () => void };

type KeepsSecret = FormAction<{ secret: string }>;

const DAY = 86_400_000;
const OVERLAPS = [
  { value: "3600", label: "1 hour" },
  { value: "86400", label: "1 day" },
  { value: "604800", label: "7 days" },
  { value: "2592000", label: "30 days" },
  { value: "0", label: "Not at all: it stops now" },
];

/** The dialog that is open, if any. */
export function ChannelDialogs({ slug, dialog, onClose }: Props) {
  if (dialog === null) return null;
  const about: DialogProps = { slug, channel: dialog.channel, opened: true, onClose };
  switch (dialog.what) {
    case "change":
      return <ChangeDialog {...about} />;
    case "rotate":
      return <RotateDialog {...about} />;
    case "replay":
      return <ReplayDialog {...about} />;
    case "off":
      return <OffDialog {...about} />;
    case "delete":
      return <DeleteDialog {...about} />;
  }
}

function ChangeDialog({ slug, channel, ...dialog }: DialogProps) {
  const action: KeepsSecret = async (_previous, form) => ({
    ...(await change(slug, {}, form)),
    data: undefined,
  });
  return (
    <SecretDialog
      {...dialog}
      title={`Change ${channel.name}`}
      size="lg"
      action={action}
      hidden={{ id: channel.id, kind: channel.kind, expected_version: String(channel.version) }}
      submitLabel="Save"
    >
      {(problem) => <ChannelInputs kind={channel.kind} channel={channel} problem={problem} />}
    </SecretDialog>
  );
}

function RotateDialog({ slug, channel, ...dialog }: DialogProps) {
  return (
    <SecretDialog
      {...dialog}
      title={`Rotate the signing secret of ${channel.name}`}
      action={rotate.bind(null, slug)}
      hidden={{ id: channel.id }}
      submitLabel="Make the new secret"
      what="signing secret"
      kept={KEPT}
    >
      {(problem) => (
        <NativeSelect
          label="The old secret signs as well for"
          description="Each message carries both signatures for so long, so your receiver can change over at any moment."
          name="overlap"
          data={OVERLAPS}
          defaultValue="86400"
          error={problem("overlap")}
        />
      )}
    </SecretDialog>
  );
}

function ReplayDialog({ slug, channel, ...dialog }: DialogProps) {
  const action: FormAction = async (_previous, form) => {
    const state = await sendFailedAgain(slug, {}, form);
    if (state.data !== undefined) {
      const { count } = state.data;
      const message =
        count === 0
          ? "Nothing failed since then"
          : `${count} ${count === 1 ? "message is" : "messages are"} sent again`;
      notifications.show({ color: count === 0 ? "gray" : "green", message });
    }
    return state;
  };
  return (
    <ConfirmDialog
      {...dialog}
      title={`Send again to ${channel.name}`}
      explanation="What was given up since then is sent again, each under the id it had. Tests are left out."
      action={action}
      hidden={{ id: channel.id }}
      reason="none"
      submitLabel="Send again"
    >
      {(problem) => (
        <DateTimeInput
          label="Failed since"
          name="since"
          defaultValue={new Date(Date.now() - DAY)}
          error={problem("since")}
          required
        />
      )}
    </ConfirmDialog>
  );
}

function OffDialog({ slug, channel, ...dialog }: DialogProps) {
  return (
    <ConfirmDialog
      {...dialog}
      title={`Switch ${channel.name} off?`}
      explanation="Nothing is sent to it until it is switched on. What waits for it is given up, and can be sent again."
      action={toggle.bind(null, slug)}
      hidden={{ id: channel.id, enabled: "false" }}
      reason="none"
      submitLabel="Switch off"
      doneMessage={`${channel.name} is switched off`}
    />
  );
}

function DeleteDialog({ slug, channel, ...dialog }: DialogProps) {
  return (
    <ConfirmDialog
      {...dialog}
      title={`Delete ${channel.name}?`}
      explanation="Its secret is forgotten and nothing more is sent to it. The log of what was sent stays."
      action={remove.bind(null, slug)}
      hidden={{ id: channel.id }}
      reason="none"
      danger
      submitLabel="Delete channel"
      doneMessage={`${channel.name} was deleted`}
    />
  );
}
