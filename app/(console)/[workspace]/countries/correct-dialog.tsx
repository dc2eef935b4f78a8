"use client";

import { NumberInput, Radio, SegmentedControl, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMemo, useState } from "react";
import { correct } from "#app/(console)/[workspace]/countries/actions.ts";
import { type AboutCountry, CountryDialog } from "#app/(console)/[workspace]/countries/country-dialog.tsx";
import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { formatCount } from "#components/number-format.ts";
import type { CountryToday } from "#lib/launch/country-pages.ts";
import { OPERATIONS, type Operation } from "#lib/launch/vocabulary.ts";

type FieldsProps = { country: CountryToday; problem: (name: string) => string | undefined };

function CorrectFields({ country, problem }: FieldsProps) {
  const [operation, setOperation] = useState<Operation>("user");
  const [how, setHow] = useState("change");
  const [change, setChange] = useState<number | string>("");
  const gate = country.gates[operation];
  const result = how === "reset" ? gate.held : gate.used + (typeof change === "number" ? change : 0);
  return (
    <Stack gap="md">
      <input type="hidden" name="operation" value={operation} />
      <SegmentedControl
        aria-label="Operation"
        fullWidth
        value={operation}
        onChange={(value) => setOperation(value as Operation)}
        data={OPERATIONS.map((value) => ({ value, label: OPERATION_WORDS[value] }))}
      />
      <Radio.Group name="how" value={how} onChange={setHow} label="Correction">
        <Stack gap="xs" mt={6}>
          <Radio value="change" label="Add units, or take them back" />
          <Radio value="reset" label="Reset to what reservations hold, the spent amount too" />
        </Stack>
      </Radio.Group>
      {how === "change" && (
        <NumberInput
          label="Units"
          description="With a minus they are taken back and can be granted again."
          name="change"
          value={change}
          onChange={setChange}
          allowDecimal={false}
          thousandSeparator=","
          error={problem("change")}
        />
      )}
      <div role="status">
        {formatCount(gate.used)} used now ({formatCount(gate.held)} held),{" "}
        <strong>{formatCount(result)}</strong> after this, of {formatCount(gate.cap)}.
      </div>
    </Stack>
  );
}

/** Corrects or resets what today has used, with a reason. */
export function CorrectDialog({ slug, country, ...dialog }: AboutCountry) {
  const action = useMemo(() => correct.bind(null, slug), [slug]);
  return (
    <CountryDialog
      {...dialog}
      country={country}
      guarded={false}
      title={`Correct today's counter of ${country.name}`}
      explanation="For units that were counted and never happened, or happened and were never counted. The correction shows in the audit trail and on this page."
      action={action}
      submitLabel="Correct"
      danger
      onDone={() => notifications.show({ color: "green", message: `${country.name}'s counter is corrected` })}
    >
      {(problem) => <CorrectFields country={country} problem={problem} />}
    </CountryDialog>
  );
}
