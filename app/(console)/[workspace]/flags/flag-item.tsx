"use client";

import { Switch } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { FLAG_TEXTS, type FlagText } from "#app/(console)/[workspace]/flags/flag-text.ts";
import classes from "#app/(console)/[workspace]/flags/flags.module.css";
import { ConfirmDialog } from "#components/confirm-dialog.tsx";
import type { FormAction } from "#components/form-state.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { FlagRow } from "#lib/workspace/flags.ts";

type Props = { flag: FlagRow; workspace: string; canSwitch: boolean; action: FormAction };

function Changed({ flag }: { flag: FlagRow }) {
  if (flag.updatedBy === null) return <p className={classes.changed}>As it was set up</p>;
  return (
    <p className={classes.changed}>
      Switched <RelativeTime at={flag.updatedAt} /> by {flag.updatedBy.name ?? "another member"}
    </p>
  );
}

/** One switch. Pointing it elsewhere asks for a reason first. */
export function FlagItem({ flag, workspace, canSwitch, action }: Props) {
  const [opened, { open, close }] = useDisclosure();
  const text: FlagText = FLAG_TEXTS[flag.key] ?? {
    title: flag.key,
    on: flag.description,
    off: flag.description,
  };
  const turn = flag.enabled ? "off" : "on";
  const isDangerous = text.danger === true && flag.enabled;
  return (
    <li className={classes.flag} data-off={!flag.enabled || undefined} data-danger={text.danger}>
      <div>
        <h2 className={classes.name}>
          {text.title} <code className={classes.key}>{flag.key}</code>
        </h2>
        <p className={classes.meaning}>{flag.enabled ? text.on : text.off}</p>
        <Changed flag={flag} />
      </div>
      <div className={classes.switch}>
        <Switch
          checked={flag.enabled}
          onChange={open}
          disabled={!canSwitch}
          label={flag.enabled ? "On" : "Off"}
          labelPosition="left"
          aria-label={`${text.title}, ${flag.enabled ? "on" : "off"}`}
        />
      </div>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        title={`Turn ${text.title.toLowerCase()} ${turn} in ${workspace}?`}
        explanation={
          <ul className={classes.swaps}>
            <li>
              <strong>Now:</strong> {flag.enabled ? text.on : text.off}
            </li>
            <li>
              <strong>Then:</strong> {flag.enabled ? text.off : text.on}
            </li>
          </ul>
        }
        action={action}
        hidden={{ key: flag.key, enabled: String(!flag.enabled), version: flag.version }}
        {...(isDangerous && { typeToConfirm: flag.key, danger: true })}
        submitLabel={`Turn ${turn}`}
        doneMessage={`${text.title} is ${turn}`}
      />
    </li>
  );
}
