"use client";

import { FileButton, Button as MantineButton, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconUpload } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { ConfirmForm } from "#components/confirm-form.tsx";
import type { FormAction } from "#components/form-state.ts";

type Taken = { taken: number; changed: number };

function RatesInput({ problem }: { problem: string | undefined }) {
  const [text, setText] = useState("");
  return (
    <>
      <FileButton accept=".csv,text/csv,text/plain" onChange={(file) => void file?.text().then(setText)}>
        {(props) => (
          <MantineButton {...props} variant="default" leftSection={<IconUpload size={16} />}>
            Choose a file
          </MantineButton>
        )}
      </FileButton>
      <Textarea
        label="Rates"
        description="The first line names the columns day, base, quote and rate."
        placeholder={"day,base,quote,rate\n2026-11-24,EUR,USD,1.0832"}
        name="csv"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={problem}
        autosize
        minRows={5}
        maxRows={12}
        ff="monospace"
        required
        withAsterisk={false}
      />
    </>
  );
}

/** A button that takes a CSV of rates in, all lines or none. */
export function ImportRates({ action }: { action: FormAction<Taken> }) {
  const telling = useMemo<FormAction<Taken>>(
    () => async (previous, form) => {
      const state = await action(previous, form);
      if (state.data !== undefined) {
        const { taken, changed } = state.data;
        notifications.show({ color: "green", message: `${taken} rates read, ${changed} new or changed` });
      }
      return state;
    },
    [action],
  );
  return (
    <ConfirmForm
      trigger={{ label: "Import rates", leftSection: <IconUpload size={16} /> }}
      title="Import rates"
      explanation="A rate that stands for the same day and pair is replaced. Amounts of those days are converted again."
      action={telling}
      reason="none"
      submitLabel="Import"
    >
      {(problem) => <RatesInput problem={problem("csv")} />}
    </ConfirmForm>
  );
}
