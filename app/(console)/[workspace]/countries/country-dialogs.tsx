"use client";

import { type ComponentType, createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { ActivateDialog } from "#app/(console)/[workspace]/countries/activate-dialog.tsx";
import { AdvanceDialog } from "#app/(console)/[workspace]/countries/advance-dialog.tsx";
import { CapsDialog } from "#app/(console)/[workspace]/countries/caps-dialog.tsx";
import { CorrectDialog } from "#app/(console)/[workspace]/countries/correct-dialog.tsx";
import type { AboutCountry } from "#app/(console)/[workspace]/countries/country-dialog.tsx";
import { PauseDialog } from "#app/(console)/[workspace]/countries/pause-dialog.tsx";
import { PermissionsContext } from "#app/(console)/[workspace]/countries/permissions-context.ts";
import { ResumeDialog } from "#app/(console)/[workspace]/countries/resume-dialog.tsx";
import { UnlistDialog } from "#app/(console)/[workspace]/countries/unlist-dialog.tsx";
import { ZoneDialog } from "#app/(console)/[workspace]/countries/zone-dialog.tsx";
import type { CountryProposal } from "#lib/dryrun/schema.ts";
import type { CountryToday } from "#lib/launch/country-pages.ts";
import type { Permission } from "#lib/workspace/vocabulary.ts";

const DIALOGS = {
  activate: ActivateDialog,
  advance: AdvanceDialog,
  pause: PauseDialog,
  resume: ResumeDialog,
  caps: CapsDialog,
  zone: ZoneDialog,
  correct: CorrectDialog,
  unlist: UnlistDialog,
} satisfies Record<string, ComponentType<AboutCountry>>;

export type DialogKind = keyof typeof DIALOGS;
type Open = (kind: DialogKind, code: string) => void;

const OpenContext = createContext<Open>(() => undefined);

/** Opens a dialog about a country. Only below `CountryDialogs`. */
export function useCountryDialog(): Open {
  return useContext(OpenContext);
}

type Props = {
  slug: string;
  countries: readonly CountryToday[];
  permissions: readonly Permission[];
  /** Open from the start, with what a dry run tried. */
  start?: StartingDialog | null;
  children: ReactNode;
};
/** A dialog that a link opens. */
export type StartingDialog = { kind: DialogKind; code: string; tried: CountryProposal };
type Target = {
  kind: DialogKind;
  code: string;
  opening: number;
  opened: boolean;
  tried: CountryProposal | null;
};

/** Holds the one dialog that may be open, apart from the rows and buttons that a refresh may replace. */
export function CountryDialogs({ slug, countries, permissions, start = null, children }: Props) {
  const [target, setTarget] = useState<Target | null>(
    start === null ? null : { ...start, opening: 1, opened: true },
  );
  const open = useMemo<Open>(
    () => (kind, code) =>
      setTarget((last) => ({ kind, code, opening: (last?.opening ?? 0) + 1, opened: true, tried: null })),
    [],
  );
  const country = countries.find((each) => each.code === target?.code);
  const Dialog = target === null ? null : DIALOGS[target.kind];
  return (
    <PermissionsContext value={permissions}>
      <OpenContext value={open}>{children}</OpenContext>
      {Dialog !== null && target !== null && country !== undefined && (
        <Dialog
          key={target.opening}
          slug={slug}
          country={country}
          opened={target.opened}
          tried={target.tried}
          onClose={() => setTarget({ ...target, opened: false })}
        />
      )}
    </PermissionsContext>
  );
}
