"use client";

import { Button, Group, Menu, Radio, Select, Stack } from "@mantine/core";
import { IconBellOff, IconCheck, IconChevronDown, IconEye, IconRotate, IconUser } from "@tabler/icons-react";
import { useState } from "react";
import { acknowledge, assign, mute, reopen, resolve } from "#app/(console)/[workspace]/alerts/actions.ts";
import type { AboutAlert } from "#app/(console)/[workspace]/alerts/alert-drawer.tsx";
import classes from "#app/(console)/[workspace]/alerts/alerts.module.css";
import { OwnVersion } from "#app/(console)/[workspace]/alerts/own-version.ts";
import { ConfirmDialog } from "#components/confirm-dialog.tsx";
import type { FormAction } from "#components/form-state.ts";
import { runAndTell } from "#components/notices.tsx";

const HOUR = 3_600_000;
const MUTES = [
  { value: "1", label: "1 hour" },
  { value: "8", label: "8 hours" },
  { value: "24", label: "1 day" },
  { value: "168", label: "7 days" },
];

/** Makes an answer of an action: it names the alert's version by itself. */
type Answering = (action: FormAction) => FormAction;
type Dialog = "resolve" | "assign" | "mute" | null;

/** What can be done about an alert. Taking it on is one click; the rest asks for what it needs. */
export function AlertButtons(about: AboutAlert) {
  const { slug, alert } = about;
  const [dialog, setDialog] = useState<Dialog>(null);
  const [own] = useState(() => new OwnVersion());
  const answering: Answering = (action) => own.answering(alert.version, action);
  const named = { id: alert.id };
  if (alert.status === "resolved") {
    return (
      <Group gap="xs" className={classes.buttons ?? ""}>
        <Button
          variant="default"
          leftSection={<IconRotate size={16} aria-hidden />}
          onClick={() => runAndTell(answering(reopen.bind(null, slug)), named, "The alert is open again")}
        >
          Reopen
        </Button>
      </Group>
    );
  }
  return (
    <Group gap="xs" className={classes.buttons ?? ""}>
      {alert.status === "open" && (
        <Button
          leftSection={<IconEye size={16} aria-hidden />}
          onClick={() =>
            runAndTell(answering(acknowledge.bind(null, slug)), named, "You have taken the alert on")
          }
        >
          Acknowledge
        </Button>
      )}
      <Button
        variant={alert.status === "open" ? "default" : "filled"}
        leftSection={<IconCheck size={16} aria-hidden />}
        onClick={() => setDialog("resolve")}
        aria-haspopup="dialog"
      >
        Resolve
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconUser size={16} aria-hidden />} onClick={() => setDialog("assign")}>
            Give to somebody
          </Menu.Item>
          {alert.muted_until === null ? (
            <Menu.Item leftSection={<IconBellOff size={16} aria-hidden />} onClick={() => setDialog("mute")}>
              Mute for a while
            </Menu.Item>
          ) : (
            <Menu.Item
              leftSection={<IconBellOff size={16} aria-hidden />}
              onClick={() => runAndTell(answering(mute.bind(null, slug)), named, "The alert speaks again")}
            >
              End the mute
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <ResolveDialog
        {...about}
        answering={answering}
        opened={dialog === "resolve"}
        onClose={() => setDialog(null)}
      />
      <AssignDialog
        {...about}
        answering={answering}
        opened={dialog === "assign"}
        onClose={() => setDialog(null)}
      />
      <MuteDialog
        {...about}
        answering={answering}
        opened={dialog === "mute"}
        onClose={() => setDialog(null)}
      />
    </Group>
  );
}

type DialogProps = AboutAlert & { answering: Answering; opened: boolean; onClose: () => void };

function ResolveDialog({ slug, alert, answering, ...dialog }: DialogProps) {
  return (
    <ConfirmDialog
      {...dialog}
      title="Resolve the alert"
      explanation="What was it? The outcome counts for how precise its rule is. It opens anew if the condition returns."
      action={answering(resolve.bind(null, slug))}
      hidden={{ id: alert.id }}
      reason="optional"
      submitLabel="Resolve"
      doneMessage="The alert is resolved"
    >
      {(problem) => (
        <Radio.Group name="outcome" label="Outcome" error={problem("outcome")} defaultValue="true_positive">
          <Stack gap={6} mt={6}>
            <Radio value="true_positive" label="A true positive: it was real" />
            <Radio value="false_positive" label="A false positive: nothing was wrong" />
          </Stack>
        </Radio.Group>
      )}
    </ConfirmDialog>
  );
}

function AssignDialog({ slug, alert, people, me, answering, ...dialog }: DialogProps) {
  const data = people.map(({ user_id, label }) => ({
    value: user_id,
    label: user_id === me ? `${label} (you)` : label,
  }));
  return (
    <ConfirmDialog
      {...dialog}
      title="Give the alert to somebody"
      action={answering(assign.bind(null, slug))}
      hidden={{ id: alert.id }}
      reason="none"
      submitLabel="Give"
      doneMessage="The alert has changed hands"
    >
      {(problem) => (
        <Select
          name="user_id"
          label="Member"
          placeholder="Nobody"
          data={data}
          defaultValue={alert.assigned_to}
          clearable
          error={problem("user_id")}
        />
      )}
    </ConfirmDialog>
  );
}

function MuteDialog({ slug, alert, answering, ...dialog }: DialogProps) {
  const [hours, setHours] = useState("1");
  const send = answering(mute.bind(null, slug));
  const action: FormAction = (previous, form) => {
    form.set("until", new Date(Date.now() + Number(hours) * HOUR).toISOString());
    return send(previous, form);
  };
  return (
    <ConfirmDialog
      {...dialog}
      title="Mute the alert"
      explanation="Nothing is sent about it until then, whatever happens; the alert itself stays in the inbox."
      action={action}
      hidden={{ id: alert.id }}
      submitLabel="Mute"
      doneMessage="The alert is muted"
    >
      {(problem) => (
        <Radio.Group label="For" value={hours} onChange={setHours} error={problem("until")}>
          <Group gap="md" mt={6}>
            {MUTES.map(({ value, label }) => (
              <Radio key={value} value={value} label={label} />
            ))}
          </Group>
        </Radio.Group>
      )}
    </ConfirmDialog>
  );
}
