"use client";

import { Button, FileButton, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconUpload } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { previewImport, takeImport } from "#app/(console)/[workspace]/threats/actions.ts";
import { DraftTrial } from "#app/(console)/[workspace]/threats/draft-trial.tsx";
import classes from "#app/(console)/[workspace]/threats/threats.module.css";
import { ConfirmForm } from "#components/confirm-form.tsx";
import type { FormAction } from "#components/form-state.ts";
import type { ImportReport } from "#lib/threats/block-import.ts";

/** A button that takes a CSV of blocks in. A preview names the rows that would be refused. */
export function ImportBlocks({ slug }: { slug: string }) {
  const send = useMemo<FormAction<ImportReport>>(() => takeImport.bind(null, slug), [slug]);
  const action = useMemo<FormAction>(
    () => async (previous, form) => {
      const state = await send(previous, form);
      if (state.data !== undefined) {
        const { added, extended, refused } = state.data;
        notifications.show({
          color: refused > 0 ? "yellow" : "green",
          message: `${added} blocked, ${extended} blocked already, ${refused} refused`,
        });
      }
      return state;
    },
    [send],
  );
  return (
    <ConfirmForm
      trigger={{
        label: "Import",
        variant: "default",
        leftSection: <IconUpload size={16} aria-hidden />,
      }}
      title="Import blocks"
      explanation="Rows that hold are taken, the others are left out. A row without an end ends in 30 days."
      action={action}
      submitLabel="Import"
    >
      {(problem) => (
        <>
          <CsvInput problem={problem("csv")} />
          <DraftTrial<ImportReport> action={previewImport.bind(null, slug)} label="Preview">
            {(report) => <Report report={report} />}
          </DraftTrial>
        </>
      )}
    </ConfirmForm>
  );
}

function CsvInput({ problem }: { problem: string | undefined }) {
  const [text, setText] = useState("");
  return (
    <>
      <FileButton accept=".csv,text/csv,text/plain" onChange={(file) => void file?.text().then(setText)}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconUpload size={16} aria-hidden />}>
            Choose a file
          </Button>
        )}
      </FileButton>
      <Textarea
        label="Blocks"
        description="The first line names the columns kind (device, account, ip_range), value, until and reason."
        placeholder={"kind,value,until,reason\ndevice,d-4711,2026-12-01T00:00:00Z,Farm"}
        name="csv"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={problem}
        autosize
        minRows={5}
        maxRows={10}
        classNames={{ input: classes.mono ?? "" }}
        required
        withAsterisk={false}
      />
    </>
  );
}

function Report({ report: { added, extended, refused, refusals } }: { report: ImportReport }) {
  return (
    <>
      <p>
        {added} would be blocked, {extended} are blocked already, {refused} would be refused.
      </p>
      <ul className={classes.names}>
        {refusals.map(({ row, value, problem }) => (
          <li key={row}>
            Row {row}, {value || "no value"}: {problem}
          </li>
        ))}
      </ul>
    </>
  );
}
