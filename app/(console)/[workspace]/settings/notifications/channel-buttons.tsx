"use client";

import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconChevronDown, IconKey, IconPencil, IconPower, IconRotate, IconTrash } from "@tabler/icons-react";
import { usePathname, useRouter } from "next/navigation";
import { useTransition } from "react";
import { sendTest, toggle } from "#app/(console)/[workspace]/settings/notifications/actions.ts";
import type { ChannelDialog } from "#app/(console)/[workspace]/settings/notifications/channel-dialogs.tsx";
import classes from "#app/(console)/[workspace]/settings/settings.module.css";
import { formProblem } from "#components/form-state.ts";
import { runAndTell } from "#components/notices.tsx";
import type { ChannelRow } from "#lib/delivery/channels.ts";

type Props = { slug: string; channel: ChannelRow; onOpen: (dialog: ChannelDialog) => void };

/** What can be done with a channel. The dialogs stand outside the table: its rows come and go. */
export function ChannelButtons({ slug, channel, onOpen }: Props) {
  const { id, name, kind, enabled } = channel;
  const open = (what: ChannelDialog["what"]) => () => onOpen({ what, channel });
  return (
    <div className={classes.buttons}>
      <TestButton slug={slug} id={id} />
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            rightSection={<IconChevronDown size={14} aria-hidden />}
            aria-label={`More for ${name}`}
          >
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={open("change")}>
            Change
          </Menu.Item>
          {kind === "webhook" && (
            <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={open("rotate")}>
              Rotate the signing secret
            </Menu.Item>
          )}
          {enabled && (
            <Menu.Item leftSection={<IconRotate size={16} aria-hidden />} onClick={open("replay")}>
              Send again what failed since…
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconPower size={16} aria-hidden />}
            onClick={
              enabled
                ? open("off")
                : () => runAndTell(toggle.bind(null, slug), { id, enabled: "true" }, `${name} is switched on`)
            }
          >
            {enabled ? "Switch off" : "Switch on"}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={open("delete")}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

/** Sends a test and opens its delivery, in which the outcome appears. */
function TestButton({ slug, id }: { slug: string; id: string }) {
  const [pending, start] = useTransition();
  const router = useRouter();
  const path = usePathname();
  const send = () =>
    start(async () => {
      const form = new FormData();
      form.set("id", id);
      const state = await sendTest(slug, {}, form);
      if (state.data === undefined) {
        notifications.show({ color: "red", message: formProblem(state) ?? "This couldn't be done." });
      } else router.push(`${path}?delivery=${state.data.delivery}`, { scroll: false });
    });
  return (
    <Button variant="default" size="xs" onClick={send} loading={pending}>
      Send a test
    </Button>
  );
}
