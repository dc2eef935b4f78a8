"use client";

import { Alert, Button, Group } from "@mantine/core";
import { IconEyeOff } from "@tabler/icons-react";
import { CopyButton } from "#components/copy-button.tsx";
import classes from "#components/secret-once.module.css";

type SecretOnceProps = {
  /** What it is: "API key". */
  what: string;
  secret: string;
  /** How it is kept, as the beginning of a sentence. */
  kept?: string;
  /** Takes the secret off the page; the page must drop it from its state. */
  onDone: () => void;
};

/** Shows a secret that can't be shown again, with a way to copy it. */
export function SecretOnce({ what, secret, kept = "Only its hash is kept", onDone }: SecretOnceProps) {
  return (
    <Alert color="yellow" icon={<IconEyeOff />} title={`Copy this ${what} now`} role="status">
      <p className={classes.text}>{kept}: once you leave, nobody can read it again.</p>
      <code className={classes.secret}>{secret}</code>
      <Group gap="xs" mt="sm">
        <CopyButton value={secret} what={what} look="button" />
        <Button variant="subtle" color="gray" onClick={onDone}>
          I have saved it
        </Button>
      </Group>
    </Alert>
  );
}
