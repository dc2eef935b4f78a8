"use client";

import { Menu, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconCheck, IconPlus, IconSelector } from "@tabler/icons-react";
import Link from "next/link";
import classes from "#app/(console)/[workspace]/shell.module.css";
import type { ShellWorkspace } from "#app/(console)/[workspace]/shell.tsx";
import { EnvironmentTag } from "#components/environment-tag.tsx";

type Props = { current: ShellWorkspace; workspaces: readonly ShellWorkspace[] };

/** Which workspace this is, its environment, and the way to the others. */
export function WorkspaceSwitcher({ current, workspaces }: Props) {
  return (
    <Menu position="bottom-start" width={290} withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className={classes.switcher}>
          <VisuallyHidden>Switch workspace, now </VisuallyHidden>
          <span className={classes.initial} data-environment={current.environment} aria-hidden>
            {current.name.slice(0, 1).toUpperCase()}
          </span>
          <span className={classes.names}>
            <span className={classes.name}>{current.name}</span>
            <EnvironmentTag environment={current.environment} />
          </span>
          <IconSelector size={16} className={classes.chevron} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Workspaces</Menu.Label>
        {workspaces.map((workspace) => (
          <Menu.Item
            key={workspace.slug}
            component={Link}
            href={`/${workspace.slug}`}
            leftSection={
              <IconCheck size={14} visibility={workspace.slug === current.slug ? "visible" : "hidden"} />
            }
            rightSection={<EnvironmentTag environment={workspace.environment} />}
            {...(workspace.slug === current.slug && { "aria-current": "true" })}
          >
            {workspace.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} href="/new" leftSection={<IconPlus size={14} />}>
          New workspace
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
