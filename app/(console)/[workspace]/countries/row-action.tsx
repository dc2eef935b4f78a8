"use client";

import { Button } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconRocket } from "@tabler/icons-react";
import { useCountryDialog } from "#app/(console)/[workspace]/countries/country-dialogs.tsx";
import { useMay } from "#app/(console)/[workspace]/countries/permissions-context.ts";
import type { CountryToday } from "#lib/launch/country-pages.ts";

/** The one thing to do about a country in its phase, when the member may: activate, pause or resume. */
export function RowAction({ country }: { country: CountryToday }) {
  const open = useCountryDialog();
  const [mayManage, mayPause] = [useMay("countries.manage"), useMay("countries.pause")];
  const { phase, code, name } = country;
  if (phase === "not_launched" || phase === "pause") {
    if (!mayManage) return null;
    const [kind, word, Icon] =
      phase === "pause"
        ? (["resume", "Resume", IconPlayerPlay] as const)
        : (["activate", "Activate", IconRocket] as const);
    return (
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Icon size={14} />}
        onClick={() => open(kind, code)}
        aria-haspopup="dialog"
        aria-label={`${word} ${name}`}
      >
        {word}
      </Button>
    );
  }
  if (!mayPause) return null;
  return (
    <Button
      size="compact-sm"
      variant="light"
      color="red"
      leftSection={<IconPlayerPause size={14} />}
      onClick={() => open("pause", code)}
      aria-haspopup="dialog"
      aria-label={`Pause ${name}`}
    >
      Pause
    </Button>
  );
}
