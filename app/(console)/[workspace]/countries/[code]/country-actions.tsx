"use client";

import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconAdjustments,
  IconClock,
  IconDots,
  IconListCheck,
  IconPlayerPause,
  IconPlayerPlay,
  IconRocket,
  IconStairsUp,
  IconTrash,
  type TablerIcon,
} from "@tabler/icons-react";
import { phasesAhead } from "#app/(console)/[workspace]/countries/advance-dialog.tsx";
import { type DialogKind, useCountryDialog } from "#app/(console)/[workspace]/countries/country-dialogs.tsx";
import type { CountryToday } from "#lib/launch/country-pages.ts";
import type { Permission } from "#lib/workspace/vocabulary.ts";

type Props = { country: CountryToday; permissions: readonly Permission[] };
type Item = { kind: DialogKind; label: string; icon: TablerIcon; needs: Permission; fits: boolean };

function itemsOf(country: CountryToday): { first: Item[]; more: Item[] } {
  const { phase } = country;
  const isNew = phase === "not_launched";
  const isPaused = phase === "pause";
  const manage = { needs: "countries.manage" } as const;
  return {
    first: [
      { kind: "activate", label: "Activate", icon: IconRocket, fits: isNew, ...manage },
      {
        kind: "advance",
        label: "Advance",
        icon: IconStairsUp,
        fits: phasesAhead(country).length > 0,
        ...manage,
      },
      { kind: "caps", label: "Change caps", icon: IconAdjustments, fits: !isNew, ...manage },
      { kind: "resume", label: "Resume", icon: IconPlayerPlay, fits: isPaused, ...manage },
      {
        kind: "pause",
        label: "Pause",
        icon: IconPlayerPause,
        needs: "countries.pause",
        fits: !isNew && !isPaused,
      },
    ],
    more: [
      { kind: "zone", label: "Change time zone", icon: IconClock, fits: true, ...manage },
      {
        kind: "correct",
        label: "Correct today's counter",
        icon: IconListCheck,
        needs: "counters.correct",
        fits: !isNew,
      },
      { kind: "unlist", label: "Take off the list", icon: IconTrash, fits: isNew, ...manage },
    ],
  };
}

const LOOK: Partial<Record<DialogKind, { variant?: string; color?: string }>> = {
  activate: {},
  resume: {},
  pause: { color: "red" },
};

/** What this member may do about this country as it stands. The pause is the last and the loudest. */
export function CountryActions({ country, permissions }: Props) {
  const open = useCountryDialog();
  const mine = (items: Item[]) => items.filter((item) => item.fits && permissions.includes(item.needs));
  const { first, more } = itemsOf(country);
  const rest = mine(more);
  return (
    <>
      {rest.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label="More actions">
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map(({ kind, label, icon: Icon }) => (
              <Menu.Item
                key={kind}
                leftSection={<Icon size={16} />}
                onClick={() => open(kind, country.code)}
                {...(kind === "unlist" && { color: "red" })}
              >
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {mine(first).map(({ kind, label, icon: Icon }) => (
        <Button
          key={kind}
          leftSection={<Icon size={16} />}
          onClick={() => open(kind, country.code)}
          aria-haspopup="dialog"
          {...(LOOK[kind] ?? { variant: "default" })}
        >
          {label}
        </Button>
      ))}
    </>
  );
}
