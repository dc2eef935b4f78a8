"use client";

import { NumberInput, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMemo, useState } from "react";
import { activate } from "#app/(console)/[workspace]/countries/actions.ts";
import { AmountInput } from "#app/(console)/[workspace]/countries/amount-input.tsx";
import { type AboutCountry, CountryDialog } from "#app/(console)/[workspace]/countries/country-dialog.tsx";
import classes from "#app/(console)/[workspace]/countries/dialogs.module.css";
import { defaultCaps, OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { PhaseChoice } from "#app/(console)/[workspace]/countries/phase-choice.tsx";
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
import { OPEN_PHASES, OPERATIONS, type OpenPhase, type Operation } from "#lib/launch/vocabulary.ts";

type FieldsProps = {
  tried: CountryProposal | null;
  problem: (name: string) => string | undefined;
};

function ActivateFields({ tried, problem }: FieldsProps) {
  const [phase, setPhase] = useState<OpenPhase>("soft");
  const [typed, setTyped] = useState<Partial<Record<Operation, number | string>>>(() => triedUnits(tried));
  const [money, setMoney] = useState(() => triedAmount(tried) ?? { amount: "", currency: "EUR" });
  const defaults = defaultCaps(phase);
  return (
    <Stack gap="md">
      <PhaseChoice
        label="Opens in"
        phases={OPEN_PHASES}
        value={phase}
        onChange={setPhase}
        hint={(each) => `${formatCount(defaultCaps(each).user)} users a day`}
        error={problem("phase")}
      />
      <div className={classes.triple}>
        {OPERATIONS.map((operation) => (
          <NumberInput
            key={operation}
            label={`${OPERATION_WORDS[operation]} a day`}
            name={operation}
            value={typed[operation] ?? defaults[operation]}
            onChange={(value) => setTyped((now) => ({ ...now, [operation]: value }))}
            min={0}
            max={100_000_000}
            allowDecimal={false}
            thousandSeparator=","
            hideControls
            error={problem(operation)}
          />
        ))}
      </div>
      <AmountInput
        label="Payments may sum up to (optional)"
        {...money}
        onChange={(amount, currency) => setMoney({ amount, currency })}
        sent
        problem={problem}
      />
    </Stack>
  );
}

/** Opens a country for the first time, with the phase's caps or others. */
export function ActivateDialog({ slug, country, tried = null, ...dialog }: AboutCountry) {
  const action = useMemo(() => activate.bind(null, slug), [slug]);
  return (
    <CountryDialog
      {...dialog}
      country={country}
      title={`Activate ${country.name}`}
      explanation={`From now on ${country.name} lets people in, up to these caps in each local day (${country.timeZone}).`}
      action={action}
      reason={tried === null ? "optional" : "required"}
      submitLabel="Activate"
      onDone={() => notifications.show({ color: "green", message: `${country.name} is open` })}
    >
      {(problem) => (
        <>
          {tried !== null && <TriedNote />}
          <ActivateFields tried={tried} problem={problem} />
          <TryLastWeek
            slug={slug}
            proposal={(form) => forCountry(country.code, { ...capsOf(form), phase: "open" })}
          />
        </>
      )}
    </CountryDialog>
  );
}
