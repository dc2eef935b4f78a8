"use client";

import { Button, NativeSelect } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { create } from "#app/(console)/[workspace]/settings/notifications/actions.ts";
import { ChannelInputs } from "#app/(console)/[workspace]/settings/notifications/channel-inputs.tsx";
import { KIND_LABELS } from "#app/(console)/[workspace]/settings/notifications/words.ts";
import { SecretDialog } from "#components/secret-dialog.tsx";
import { CHANNEL_KINDS } from "#lib/delivery/vocabulary.ts";

type Kind = (typeof CHANNEL_KINDS)[number];

/** Why a signing secret can't be read again. */
export const KEPT = "It is kept encrypted and signs from now on";

/** A new channel of any kind; for a webhook, its signing secret afterwards. */
export function AddChannel({ slug }: { slug: string }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button leftSection={<IconPlus size={16} />} onClick={open} aria-haspopup="dialog">
        Add a channel
      </Button>
      <SecretDialog
        opened={opened}
        onClose={close}
        title="Add a channel"
        size="lg"
        action={create.bind(null, slug)}
        submitLabel="Add channel"
        what="signing secret"
        kept={KEPT}
      >
        {(problem) => <Inputs problem={problem} />}
      </SecretDialog>
    </>
  );
}

function Inputs({ problem }: { problem: (name: string) => string | undefined }) {
  const [kind, setKind] = useState<Kind>("slack");
  return (
    <>
      <NativeSelect
        label="Kind"
        name="kind"
        data={CHANNEL_KINDS.map((value) => ({ value, label: KIND_LABELS[value] }))}
        value={kind}
        onChange={(event) =>
          setKind(CHANNEL_KINDS.find((value) => value === event.currentTarget.value) ?? "slack")
        }
      />
      <ChannelInputs key={kind} kind={kind} channel={null} problem={problem} />
    </>
  );
}
