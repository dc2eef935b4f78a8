import { SpotlightAction, SpotlightActionsGroup } from "@mantine/spotlight";
import { IconBook2, IconBuilding, IconHistory, IconUser, type TablerIcon } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { navGroups, navHref } from "#app/(console)/[workspace]/nav-entries.ts";
import type { Recent } from "#app/(console)/[workspace]/search/recent.ts";
import type { ShellWorkspace } from "#app/(console)/[workspace]/shell.tsx";

type Props = {
  slug: string;
  permissions: readonly string[];
  workspaces: readonly ShellWorkspace[];
  query: string;
  recent: readonly Recent[];
  onGo: (recent: Recent) => void;
};
type Line = { id: string; label: string; detail?: string; icon: TablerIcon; go: () => void };

/** Groups of lines that hold the query, in their label, detail or heading. */
function matching(groups: [heading: string, lines: Line[]][], query: string): [string, Line[]][] {
  const text = query.trim().toLowerCase();
  const holds = (word: string | undefined) => word?.toLowerCase().includes(text) ?? false;
  return groups
    .map(([heading, lines]): [string, Line[]] => [
      heading,
      lines.filter(({ label, detail }) => holds(label) || holds(detail) || holds(heading)),
    ])
    .filter(([, lines]) => lines.length > 0);
}

function useGroups({ slug, permissions, workspaces, query, recent, onGo }: Props): [string, Line[]][] {
  const router = useRouter();
  const open = (href: string) => () => router.push(href);
  const pages = navGroups(permissions).map(({ heading, entries }): [string, Line[]] => [
    heading,
    entries.map((entry) => ({
      id: entry.path,
      label: entry.label,
      icon: entry.icon,
      go: open(navHref(slug, entry.path)),
    })),
  ]);
  const you: Line[] = [
    { id: "profile", label: "Your profile", icon: IconUser, go: open(`/${slug}/settings/profile`) },
    { id: "docs", label: "API reference", icon: IconBook2, go: () => window.location.assign("/docs") },
  ];
  const others = workspaces.filter((workspace) => workspace.slug !== slug);
  const known: [string, Line[]][] = [
    ...pages,
    ["You", you],
    [
      "Workspaces",
      others.map((workspace) => ({
        id: workspace.slug,
        label: workspace.name,
        detail: workspace.environment,
        icon: IconBuilding,
        go: open(`/${workspace.slug}`),
      })),
    ],
  ];
  if (query.trim() !== "") return matching(known, query);
  const lately = recent.map((each) => ({
    id: each.path,
    label: each.title,
    icon: IconHistory,
    go: () => onGo(each),
  }));
  return matching([["Recent", lately], ...known], "");
}

/** The pages the member may open, their other workspaces, and, before anything is typed, where they went lately. */
export function PalettePages(props: Props) {
  return useGroups(props).map(([heading, lines]) => (
    <SpotlightActionsGroup key={heading} label={heading}>
      {lines.map(({ id, label, detail, icon: Icon, go }) => (
        <SpotlightAction
          key={id}
          label={label}
          {...(detail !== undefined && { description: detail })}
          leftSection={<Icon size={18} stroke={1.7} />}
          highlightQuery
          onClick={go}
        />
      ))}
    </SpotlightActionsGroup>
  ));
}
