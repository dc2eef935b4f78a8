"use client";

import {
  AppShell,
  AppShellHeader,
  AppShellMain,
  AppShellNavbar,
  AppShellSection,
  Burger,
  UnstyledButton,
} from "@mantine/core";
import { useDisclosure, useFocusReturn, useFocusTrap, useHotkeys, useMediaQuery } from "@mantine/hooks";
import { spotlight } from "@mantine/spotlight";
import { IconBook2, IconSearch } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { AccountMenu } from "#app/(console)/[workspace]/account-menu.tsx";
import { CommandPalette } from "#app/(console)/[workspace]/command-palette.tsx";
import { Nav } from "#app/(console)/[workspace]/nav.tsx";
import classes from "#app/(console)/[workspace]/shell.module.css";
import { WorkspaceSwitcher } from "#app/(console)/[workspace]/workspace-switcher.tsx";
import { EnvironmentTag } from "#components/environment-tag.tsx";
import { Logo } from "#components/logo.tsx";
import type { Environment, Permission } from "#lib/workspace/vocabulary.ts";

export type ShellWorkspace = { slug: string; name: string; environment: Environment };

type ConsoleShellProps = {
  user: { name: string; email: string };
  role: string;
  workspace: ShellWorkspace;
  workspaces: readonly ShellWorkspace[];
  permissions: readonly Permission[];
  children: ReactNode;
};

/** Below Mantine's `sm`, as in the style sheet. */
const PHONE = "(max-width: 47.99em)";

function SearchButton() {
  return (
    <UnstyledButton className={classes.searchButton} onClick={spotlight.open}>
      <IconSearch size={16} aria-hidden />
      <span className={classes.searchText}>Search…</span>
      <kbd className={classes.key} aria-hidden>
        Ctrl K
      </kbd>
    </UnstyledButton>
  );
}

type SideProps = Pick<ConsoleShellProps, "workspace" | "workspaces" | "permissions"> & {
  opened: boolean;
  close: () => void;
};

/** The navigation. On a phone it covers the page while it is open: the keyboard stays in it and Escape closes it. */
function Side({ workspace, workspaces, permissions, opened, close }: SideProps) {
  const trap = useFocusTrap(opened);
  useFocusReturn({ opened });
  useHotkeys(opened ? [["Escape", close]] : [], []);
  return (
    <AppShellNavbar
      id="navigation"
      ref={trap}
      className={classes.navbar ?? ""}
      aria-label="Console"
      data-opened={opened || undefined}
    >
      <AppShellSection className={classes.top ?? ""}>
        <Link href={`/${workspace.slug}`} className={classes.home}>
          <Logo />
        </Link>
        <Burger opened={opened} onClick={close} hiddenFrom="sm" size="sm" aria-label="Close navigation" />
      </AppShellSection>
      <AppShellSection>
        <WorkspaceSwitcher current={workspace} workspaces={workspaces} />
      </AppShellSection>
      <AppShellSection grow className={classes.pages ?? ""}>
        <Nav slug={workspace.slug} permissions={permissions} />
      </AppShellSection>
      <AppShellSection className={classes.bottom ?? ""}>
        <a href="/docs" className={classes.link}>
          <IconBook2 size={18} stroke={1.7} aria-hidden />
          API reference
        </a>
      </AppShellSection>
    </AppShellNavbar>
  );
}

/** The console: navigation at the side, the workspace's environment always in sight, search and account above. */
export function ConsoleShell(props: ConsoleShellProps) {
  const { user, role, workspace, workspaces, permissions, children } = props;
  const [asked, { toggle, close }] = useDisclosure();
  const isPhone = useMediaQuery(PHONE) ?? false;
  const opened = asked && isPhone;
  const pathname = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu on a phone.
  useEffect(close, [pathname]);
  return (
    <AppShell
      layout="alt"
      header={{ height: 52 }}
      navbar={{ width: 236, breakpoint: "sm", collapsed: { mobile: !opened } }}
      transitionDuration={150}
      className={classes.shell ?? ""}
      data-environment={workspace.environment}
    >
      <a href="#content" className={classes.skip}>
        Skip to content
      </a>
      <AppShellHeader className={classes.header ?? ""} inert={opened}>
        <Burger
          opened={opened}
          onClick={toggle}
          hiddenFrom="sm"
          size="sm"
          aria-label="Navigation"
          aria-expanded={opened}
          aria-controls="navigation"
        />
        <span className={classes.where}>
          <span className={classes.whereName}>{workspace.name}</span>
          <EnvironmentTag environment={workspace.environment} />
        </span>
        <SearchButton />
        <AccountMenu slug={workspace.slug} user={user} role={role} />
      </AppShellHeader>
      <Side {...{ workspace, workspaces, permissions, opened, close }} />
      <AppShellMain id="content" tabIndex={-1} className={classes.main ?? ""} inert={opened}>
        <div className={classes.content}>{children}</div>
      </AppShellMain>
      <CommandPalette slug={workspace.slug} permissions={permissions} workspaces={workspaces} />
    </AppShell>
  );
}
