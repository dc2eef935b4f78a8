"use client";

import { Avatar, Menu, UnstyledButton, useMantineColorScheme, VisuallyHidden } from "@mantine/core";
import { IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconSun, IconUser } from "@tabler/icons-react";
import Link from "next/link";
import classes from "#app/(console)/[workspace]/shell.module.css";

const SCHEMES = [
  { value: "auto", label: "As the system", icon: IconDeviceDesktop },
  { value: "light", label: "Light", icon: IconSun },
  { value: "dark", label: "Dark", icon: IconMoon },
] as const;

type Props = { slug: string; user: { name: string; email: string }; role: string };

/** Who is signed in, the colour scheme, and the way out. */
export function AccountMenu({ slug, user, role }: Props) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <form id="sign-out" action="/auth/sign-out" method="post" hidden />
      <Menu position="bottom-end" width={240} withinPortal={false}>
        <Menu.Target>
          <UnstyledButton className={classes.account}>
            <VisuallyHidden>Account of {user.name}</VisuallyHidden>
            <Avatar size={30} radius="xl" color="accent" name={user.name} alt="" aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label className={classes.who}>
            <span className={classes.whoName}>{user.name}</span>
            <span>{user.email}</span>
            <span>{role}</span>
          </Menu.Label>
          <Menu.Divider />
          <Menu.Item component={Link} href={`/${slug}/settings/profile`} leftSection={<IconUser size={16} />}>
            Profile
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>Colours</Menu.Label>
          {SCHEMES.map(({ value, label, icon: Icon }) => (
            <Menu.RadioItem
              key={value}
              value={value}
              checked={colorScheme === value}
              checkIcon={<IconCheck size={14} />}
              rightSection={<Icon size={16} />}
              onChange={() => setColorScheme(value)}
            >
              {label}
            </Menu.RadioItem>
          ))}
          <Menu.Divider />
          <Menu.Item component="button" type="submit" form="sign-out" leftSection={<IconLogout size={16} />}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
