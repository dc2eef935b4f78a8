"use client";

import { Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import { IconBook2, IconBuilding, IconSearch, IconUser } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { navGroups, navHref } from "#app/(console)/[workspace]/nav-entries.ts";
import type { ShellWorkspace } from "#app/(console)/[workspace]/shell.tsx";

type Props = { slug: string; permissions: readonly string[]; workspaces: readonly ShellWorkspace[] };

/** Every page within reach of the keyboard: Ctrl+K or ⌘K. */
export function CommandPalette({ slug, permissions, workspaces }: Props) {
  const router = useRouter();
  const actions: SpotlightActionGroupData[] = [
    ...navGroups(permissions).map(({ heading, entries }) => ({
      group: heading,
      actions: entries.map((entry) => ({
        id: `page-${entry.path}`,
        label: entry.label,
        keywords: heading,
        leftSection: <entry.icon size={18} stroke={1.7} />,
        onClick: () => router.push(navHref(slug, entry.path)),
      })),
    })),
    {
      group: "You",
      actions: [
        {
          id: "profile",
          label: "Your profile",
          leftSection: <IconUser size={18} stroke={1.7} />,
          onClick: () => router.push(`/${slug}/settings/profile`),
        },
        {
          id: "docs",
          label: "API reference",
          leftSection: <IconBook2 size={18} stroke={1.7} />,
          onClick: () => window.location.assign("/docs"),
        },
      ],
    },
    {
      group: "Workspaces",
      actions: workspaces
        .filter((workspace) => workspace.slug !== slug)
        .map((workspace) => ({
          id: `workspace-${workspace.slug}`,
          label: workspace.name,
          description: workspace.environment,
          leftSection: <IconBuilding size={18} stroke={1.7} />,
          onClick: () => router.push(`/${workspace.slug}`),
        })),
    },
  ];
  return (
    <Spotlight
      actions={actions}
      attributes={{ content: { "aria-label": "Go to" } }}
      nothingFound="Nothing by that name"
      highlightQuery
      scrollable
      maxHeight={360}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.7} />,
        placeholder: "Go to…",
        "aria-label": "Go to a page or workspace",
      }}
    />
  );
}
