import {
  IconAntenna,
  IconBell,
  IconChartBar,
  IconChartLine,
  IconChecklist,
  IconClockPlay,
  IconFileText,
  IconFlag3,
  IconFlask,
  IconGauge,
  IconHistory,
  IconHistoryToggle,
  IconHourglass,
  IconKey,
  IconLayoutDashboard,
  IconRoute,
  IconSend,
  IconSettings,
  IconShieldBolt,
  IconSpeakerphone,
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
  /** Any of these shows it. */
  needs: readonly Permission[];
};

export type NavGroup = { heading: string; entries: readonly NavEntry[] };

function entry(label: string, path: string, icon: TablerIcon, ...needs: Permission[]): NavEntry {
  return { label, path, icon, needs };
}

/** The navigation and the command palette, in their order. A new page is one line here. */
const GROUPS: readonly NavGroup[] = [
  {
    heading: "Launch",
    entries: [
      entry("Mission control", "", IconLayoutDashboard, "countries.read"),
      entry("Routines", "routines", IconChecklist, "routines.tick"),
      entry("Countries", "countries", IconWorld, "countries.read"),
      entry("Sequence", "sequence", IconRoute, "sequence.read"),
      entry("Campaigns", "campaigns", IconSpeakerphone, "campaigns.read"),
      entry("Forecast", "forecast", IconChartLine, "countries.read"),
      entry("Experiments", "experiments", IconFlask, "experiments.read"),
      entry("Dry runs", "dry-runs", IconHistoryToggle, "dryruns.read"),
      entry("Flags", "flags", IconFlag3, "flags.read"),
    ],
  },
  {
    heading: "Watch",
    entries: [
      entry("Alerts", "alerts", IconBell, "alerts.read"),
      entry("Signals", "signals", IconAntenna, "load.read"),
      entry("Load", "load", IconGauge, "load.read"),
      entry("Queue", "queue", IconHourglass, "queue.read"),
      entry("Jobs", "jobs", IconClockPlay, "jobs.read"),
      entry("Threats", "threats", IconShieldBolt, "threats.read"),
      entry("Regions", "regions", IconChartBar, "regions.read"),
      entry("Reports", "reports", IconFileText, "reports.read"),
      entry("Audit", "audit", IconHistory, "audit.read", "audit.read_own"),
    ],
  },
  {
    heading: "Workspace",
    entries: [
      entry("Members", "settings/members", IconUsers, "members.manage"),
      entry("API keys", "settings/keys", IconKey, "keys.manage"),
      entry("Notifications", "settings/notifications", IconSend, "notifications.manage"),
      entry("Settings", "settings/workspace", IconSettings, "workspace.manage"),
    ],
  },
];

/** The pages a member may open, under their headings; a heading without pages is left out. */
export function navGroups(permissions: readonly string[]): NavGroup[] {
  return GROUPS.map(({ heading, entries }) => ({
    heading,
    entries: entries.filter(({ needs }) => needs.some((permission) => permissions.includes(permission))),
  })).filter(({ entries }) => entries.length > 0);
}

/** The address of an entry's page in a workspace. */
export function navHref(slug: string, path: string): string {
  return path === "" ? `/${slug}` : `/${slug}/${path}`;
}
