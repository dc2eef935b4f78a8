"use client";

import { Alert, Button } from "@mantine/core";
import { IconUserEdit } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { changeWords } from "#app/(console)/[workspace]/countries/change-words.ts";
import { ConfirmDialog, type ConfirmDialogProps } from "#components/confirm-dialog.tsx";
import type { FormAction, FormState } from "#components/form-state.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { CountryProposal } from "#lib/dryrun/schema.ts";
import type { CountryToday } from "#lib/launch/country-pages.ts";

/** What a dialog needs to know of its country. */
export type DialogCountry = Pick<CountryToday, "code" | "name" | "phase" | "policyVersion" | "lastChange">;

/** What every dialog about a country is given. */
export type AboutCountry<Country extends DialogCountry = CountryToday> = {
  slug: string;
  country: Country;
  opened: boolean;
  onClose: () => void;
  /** What a dry run tried for the country, which the form begins with; then a reason is needed. */
  tried?: CountryProposal | null;
};

type Props = Omit<ConfirmDialogProps, "action" | "hidden" | "doneMessage"> & {
  country: DialogCountry;
  action: FormAction;
  /** More values nobody types. */
  hidden?: Readonly<Record<string, string | number>>;
  /** Says that it is done; gets the country's new version. */
  onDone: (policyVersion: number) => void;
  /** `false` for what may never lose a race. */
  guarded?: boolean;
};

function versionOf(state: FormState): number {
  const version: unknown =
    typeof state.data === "object" && state.data !== null ? Reflect.get(state.data, "policy_version") : null;
  return typeof version === "number" ? version : 0;
}

/** Who changed the country since the dialog opened; what was typed stays, and is sent only once the person has seen this. */
function ChangedMeanwhile({
  country,
  seen,
  onSeen,
}: {
  country: DialogCountry;
  seen: number;
  onSeen: () => void;
}) {
  const { lastChange: change, policyVersion } = country;
  const more = policyVersion - seen - 1;
  return (
    <Alert
      color="yellow"
      icon={<IconUserEdit />}
      title={`${country.name} was changed meanwhile`}
      role="alert"
    >
      {change !== null && (
        <p style={{ margin: "0 0 8px" }}>
          {change.by}: <strong>{changeWords(change)}</strong>
          {change.altered.length > 0 && ` (${change.altered.join(", ")})`}, <RelativeTime at={change.at} />
          {change.reason !== null && `: “${change.reason}”`}
          {more > 0 && `, after ${more} other ${more === 1 ? "change" : "changes"}`}. Nothing you typed is
          lost.
        </p>
      )}
      <Button size="xs" variant="default" onClick={onSeen}>
        Continue with the new state
      </Button>
    </Alert>
  );
}

/** A dialog that changes a country. It sends the version it was opened with, so that nobody's change is overwritten unseen. */
export function CountryDialog({ country, guarded = true, hidden = {}, onDone, ...dialog }: Props) {
  const router = useRouter();
  const [seen, setSeen] = useState(country.policyVersion);
  const action: FormAction = async (previous, form) => {
    const state = await dialog.action(previous, form);
    if (state.serverError?.code === "version_conflict") router.refresh();
    if (state.serverError === undefined && state.validationErrors === undefined) onDone(versionOf(state));
    return state;
  };
  const isStale = guarded && dialog.opened && country.policyVersion > seen;
  const children = (problem: (name: string) => string | undefined): ReactNode => (
    <>
      {isStale && (
        <ChangedMeanwhile country={country} seen={seen} onSeen={() => setSeen(country.policyVersion)} />
      )}
      {dialog.children?.(problem)}
    </>
  );
  return (
    <ConfirmDialog
      {...dialog}
      action={action}
      hidden={{ code: country.code, ...(guarded && { expected_version: seen }), ...hidden }}
    >
      {children}
    </ConfirmDialog>
  );
}
