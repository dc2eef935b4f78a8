import {
  IconFlag3,
  IconHistory,
  IconKey,
  IconLayoutDashboard,
  IconSettings,
  IconUsers,
  IconWorld,
  type TablerIcon,
} from "@tabler/icons-react";
import type { Permission } from "#lib/workspace/vocabulary.ts";

export type NavEntry = {
  label: string;
  /** Below the workspace's own address. */
  path: string;
  icon: TablerIcon;
  group: "Launch" | "Settings";
  /** Any of these shows it. */
  needs: readonly Permission[];
};

const ENTRIES: readonly NavEntry[] = [
  { label: "Overview", path: "", icon: IconLayoutDashboard, group: "Launch", needs: ["countries.read"] },
  { label: "Countries", path: "countries", icon: IconWorld, group: "Launch", needs: ["countries.read"] },
  {
    label: "Audit",
    path: "audit",
    icon: IconHistory,
    group: "Launch",
    needs: ["audit.read", "audit.read_own"],
  },
  { label: "Flags", path: "flags", icon: IconFlag3, group: "Launch", needs: ["flags.read"] },
  {
    label: "Members",
    path: "settings/members",
    icon: IconUsers,
    group: "Settings",
    needs: ["members.manage"],
  },
  { label: "API keys", path: "settings/keys", icon: IconKey, group: "Settings", needs: ["keys.manage"] },
  {
    label: "Workspace",
    path: "settings/workspace",
    icon: IconSettings,
    group: "Settings",
    needs: ["workspace.manage"],
  },
];

/** The pages a member may open, in the order of the navigation. */
export function navEntries(permissions: readonly string[]): NavEntry[] {
  return ENTRIES.filter((entry) => entry.needs.some((permission) => permissions.includes(permission)));
}
