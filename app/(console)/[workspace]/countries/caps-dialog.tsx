"use client";

import { Alert, Checkbox, NumberInput, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMemo, useState } from "react";
import { setCaps } from "#app/(console)/[workspace]/countries/actions.ts";
import { AmountInput } from "#app/(console)/[workspace]/countries/amount-input.tsx";
import { type AboutCountry, CountryDialog } from "#app/(console)/[workspace]/countries/country-dialog.tsx";
import classes from "#app/(console)/[workspace]/countries/dialogs.module.css";
import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import {
  capsOf,
  forCountry,
  triedAmount,
  triedUnits,
} from "#app/(console)/[workspace]/dry-runs/proposals.ts";
import { TriedNote } from "#app/(console)/[workspace]/dry-runs/tried-note.tsx";
import { TryLastWeek } from "#app/(console)/[workspace]/dry-runs/try-last-week.tsx";
import { formatCount } from "#components/number-format.ts";
import type { CountryProposal } from "#lib/dryrun/schema.ts";
import { majorText } from "#lib/launch/amount-text.ts";
import type { CountryToday, GateToday } from "#lib/launch/country-pages.ts";
import { formatMinor } from "#lib/launch/currencies.ts";
import { OPERATIONS, type Operation } from "#lib/launch/vocabulary.ts";

type FieldsProps = {
  country: CountryToday;
  tried: CountryProposal | null;
  problem: (name: string) => string | undefined;
};

function todayText(gate: GateToday): string {
  const holding = gate.held > 0 ? `, ${formatCount(gate.held)} held` : "";
  return `${formatCount(gate.used)} used today${holding}; now ${formatCount(gate.cap)}`;
}

type AmountProps = Pick<FieldsProps, "tried" | "problem"> & { gate: GateToday };

function AmountCap({ gate, tried, problem }: AmountProps) {
  const { amountCap, amountUsedMinor } = gate;
  const [typed, setTyped] = useState(() => triedAmount(tried));
  const [removed, setRemoved] = useState(amountCap !== null && tried?.amount_minor === -1);
  const kept = {
    amount: amountCap === null ? "" : majorText(amountCap.minor, amountCap.currency),
    currency: amountCap?.currency ?? "EUR",
  };
  const spent = amountCap === null ? null : formatMinor(amountUsedMinor, amountCap.currency, "en");
  return (
    <Stack gap="xs">
      <AmountInput
        label="Payments may sum up to"
        description={spent === null ? "No amount cap now. Leave blank for none." : `${spent} spent today`}
        {...(typed ?? kept)}
        onChange={(amount, currency) => setTyped({ amount, currency })}
        sent={typed !== null && !removed}
        disabled={removed}
        problem={problem}
      />
      {amountCap !== null && (
        <Checkbox
          name="no_amount"
          value="on"
          label="Remove the amount cap"
          checked={removed}
          onChange={(event) => setRemoved(event.currentTarget.checked)}
        />
      )}
    </Stack>
  );
}

function CapsFields({ country, tried, problem }: FieldsProps) {
  const [typed, setTyped] = useState<Partial<Record<Operation, number | string>>>(() => triedUnits(tried));
  const below = OPERATIONS.filter((operation) => {
    const value = typed[operation];
    return typeof value === "number" && value < country.gates[operation].used;
  });
  return (
    <Stack gap="md">
      {OPERATIONS.map((operation) => {
        const gate = country.gates[operation];
        const value = typed[operation];
        const differs = value !== undefined && value !== "" && value !== gate.cap;
        return (
          <NumberInput
            key={operation}
            className={classes.beside ?? ""}
            label={`${OPERATION_WORDS[operation]} a day`}
            description={todayText(gate)}
            {...(differs && { name: operation })}
            value={value ?? gate.cap}
            onChange={(next) => setTyped((now) => ({ ...now, [operation]: next }))}
            min={0}
            max={100_000_000}
            allowDecimal={false}
            thousandSeparator=","
            hideControls
            error={problem(operation)}
          />
        );
      })}
      <AmountCap gate={country.gates.payment} tried={tried} problem={problem} />
      {below.length > 0 && (
        <Alert color="yellow" role="status">
          {below.map((operation) => OPERATION_WORDS[operation]).join(" and ")}: below what today has used
          already. Nobody is put out; no more are let in until {country.name}'s next day.
        </Alert>
      )}
    </Stack>
  );
}

/** Changes caps while the country runs. Sends only what differs, so that another's change of another number stays. */
export function CapsDialog({ slug, country, tried = null, ...dialog }: AboutCountry) {
  const action = useMemo(() => setCaps.bind(null, slug), [slug]);
  return (
    <CountryDialog
      {...dialog}
      country={country}
      title={`Caps of ${country.name}`}
      explanation="The next check is held against the new numbers. Today's usage stays."
      action={action}
      reason={tried === null ? "optional" : "required"}
      submitLabel="Change caps"
      onDone={() => notifications.show({ color: "green", message: `${country.name} has new caps` })}
    >
      {(problem) => (
        <>
          {tried !== null && <TriedNote />}
          <CapsFields country={country} tried={tried} problem={problem} />
          <TryLastWeek slug={slug} proposal={(form) => forCountry(country.code, capsOf(form))} />
        </>
      )}
    </CountryDialog>
  );
}
