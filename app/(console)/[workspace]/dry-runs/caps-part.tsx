"use client";

import { Checkbox, NumberInput, Select, Stack } from "@mantine/core";
import { useState } from "react";
import { AmountInput } from "#app/(console)/[workspace]/countries/amount-input.tsx";
import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import classes from "#app/(console)/[workspace]/dry-runs/dry-runs.module.css";
import { OPERATIONS } from "#lib/launch/vocabulary.ts";

const PHASES = [
  { value: "as_was", label: "As it was" },
  { value: "pause", label: "Paused all the time" },
  { value: "open", label: "Open all the time" },
];

function AmountCap() {
  const [money, setMoney] = useState<{ amount: string; currency: string | null }>({
    amount: "",
    currency: "EUR",
  });
  const [without, setWithout] = useState(false);
  return (
    <>
      <AmountInput
        label="Amount a day"
        {...money}
        onChange={(amount, currency) => setMoney({ amount, currency })}
        sent={!without}
        disabled={without}
        problem={() => undefined}
      />
      <Checkbox
        name="no_amount"
        value="on"
        label="Without an amount cap"
        pb={8}
        checked={without}
        onChange={(event) => setWithout(event.currentTarget.checked)}
      />
    </>
  );
}

/** Caps, amount cap and phase of the chosen countries. What is left blank stays as it was. */
export function CapsPart() {
  return (
    <Stack gap="md">
      <div className={classes.fields}>
        {OPERATIONS.map((operation) => (
          <NumberInput
            key={operation}
            name={operation}
            label={`${OPERATION_WORDS[operation]} a day`}
            placeholder="As it was"
            min={0}
            max={100_000_000}
            allowDecimal={false}
            thousandSeparator=","
            hideControls
          />
        ))}
      </div>
      <div className={classes.fields}>
        <Select name="phase" label="Phase" data={PHASES} defaultValue="as_was" allowDeselect={false} />
        <AmountCap />
      </div>
    </Stack>
  );
}
