"use client";

import { Checkbox, Group, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { limitOf } from "#app/(console)/[workspace]/dry-runs/proposals.ts";
import { TriedNote } from "#app/(console)/[workspace]/dry-runs/tried-note.tsx";
import { TryLastWeek } from "#app/(console)/[workspace]/dry-runs/try-last-week.tsx";
import { dropLimit, dropSource, saveLimit, saveSource } from "#app/(console)/[workspace]/load/actions.ts";
import { ConfirmForm } from "#components/confirm-form.tsx";
import type { LimitRow } from "#lib/load/load-page.ts";

type Problem = (name: string) => string | undefined;
type Tried = { value: number; kind: "static" | "adaptive" };
type FieldsProps = {
  row: LimitRow | null;
  tried: Tried | null;
  eventTypes: readonly string[];
  problem: Problem;
};

const SOURCES = [
  { value: "reported", label: "Reported over the API" },
  { value: "events", label: "Counted from events" },
  { value: "prometheus", label: "Pulled from Prometheus" },
];
const KINDS = [
  { value: "static", label: "Static: the number above" },
  { value: "adaptive", label: "Adaptive: learned" },
];

function LearningFields({ row, problem }: Pick<FieldsProps, "row" | "problem">) {
  const number = (name: string, label: string, value: number | null | undefined) => (
    <NumberInput name={name} label={label} defaultValue={value ?? ""} hideControls error={problem(name)} />
  );
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend style={{ padding: 0, marginBottom: 8 }}>How the adaptive limit is learned</legend>
      <Group grow align="start">
        {number("mad_factor", "k (times MAD)", row?.madFactor ?? 6)}
        {number("drift_percent", "Drift a day, %", Number(((row?.dailyDrift ?? 0.1) * 100).toFixed(6)))}
        {number("min_samples", "Samples at least", row?.minSamples ?? 180)}
      </Group>
      <Group grow align="start" mt="sm">
        {number("floor", "Floor", row?.floor)}
        {number("ceiling", "Ceiling", row?.ceiling)}
      </Group>
    </fieldset>
  );
}

function LimitFields({ row, tried, eventTypes, problem }: FieldsProps) {
  const [source, setSource] = useState(row?.source ?? "reported");
  return (
    <Stack gap="sm">
      {row === null && (
        <TextInput name="name" label="Measurement" error={problem("name")} required withAsterisk={false} />
      )}
      <NumberInput
        name="value"
        label="Limit"
        description="Leave blank to measure without a limit."
        defaultValue={tried?.value ?? row?.limit ?? ""}
        hideControls
        error={problem("value")}
      />
      <Select
        name="source"
        label="Where it comes from"
        data={SOURCES}
        value={source}
        onChange={(value) => setSource(value ?? "reported")}
        allowDeselect={false}
      />
      {source !== "events" && row !== null && row.eventType !== null && row.eventSeconds !== null && (
        // Kept for when it is counted from events again.
        <>
          <input type="hidden" name="event_type" value={row.eventType} />
          <input type="hidden" name="event_seconds" value={row.eventSeconds} />
        </>
      )}
      {source === "events" && (
        <Group grow align="start">
          <Select
            name="event_type"
            label="Events"
            data={[...eventTypes]}
            defaultValue={row?.eventType ?? null}
            error={problem("event_type")}
          />
          <NumberInput
            name="event_seconds"
            label="In seconds"
            defaultValue={row?.eventSeconds ?? 60}
            hideControls
            error={problem("event_seconds")}
          />
        </Group>
      )}
      <Select
        name="kind"
        label="Limit in force"
        data={KINDS}
        defaultValue={tried?.kind ?? row?.kind ?? "static"}
        allowDeselect={false}
      />
      <LearningFields row={row} problem={problem} />
      <Checkbox name="enabled" value="on" label="Evaluate it" defaultChecked={row?.enabled ?? true} />
    </Stack>
  );
}

/** Adds a limit, or changes `row`. Open from the start with what a dry run tried. */
export function LimitDialog({
  slug,
  row,
  tried,
  eventTypes,
}: {
  slug: string;
  row: LimitRow | null;
  tried: Tried | null;
  eventTypes: readonly string[];
}) {
  return (
    <ConfirmForm
      trigger={{
        label: row === null ? "Add a limit" : "Edit",
        variant: "default",
        size: row === null ? "sm" : "xs",
      }}
      title={row === null ? "Add a limit" : `Limit of ${row.name}`}
      action={saveLimit.bind(null, slug)}
      {...(row !== null && { hidden: { name: row.name, version: row.version } })}
      reason={tried === null ? "optional" : "required"}
      startsOpen={tried !== null}
      submitLabel="Save"
      doneMessage="The limit counts from the next minute on"
    >
      {(problem) => (
        <>
          {tried !== null && <TriedNote />}
          <LimitFields row={row} tried={tried} eventTypes={eventTypes} problem={problem} />
          <TryLastWeek slug={slug} proposal={limitOf} />
        </>
      )}
    </ConfirmForm>
  );
}

/** Removes a limit, after asking. */
export function RemoveLimit({ slug, row }: { slug: string; row: LimitRow }) {
  return (
    <ConfirmForm
      trigger={{ label: "Remove", variant: "default", size: "xs" }}
      title={`Remove the limit of ${row.name}`}
      explanation="Its level ends at once. What was measured stays."
      action={dropLimit.bind(null, slug)}
      hidden={{ name: row.name, version: row.version }}
      submitLabel="Remove"
      danger
      doneMessage={`${row.name} is no longer limited`}
    />
  );
}

/** Sets the Prometheus server and query of a measurement. */
export function SourceDialog({ slug, row }: { slug: string; row: LimitRow }) {
  return (
    <ConfirmForm
      trigger={{ label: "Prometheus", variant: "default", size: "xs" }}
      title={`Pull ${row.name} from Prometheus`}
      explanation="The load gate asks each minute for the query's present value, which must be one number."
      action={saveSource.bind(null, slug)}
      hidden={{ name: row.name }}
      reason="none"
      submitLabel="Save"
      doneMessage={`${row.name} is pulled from the next minute on`}
    >
      {(problem) => (
        <Stack gap="sm">
          <TextInput
            name="url"
            label="Server"
            placeholder="https://prometheus.example.com"
            defaultValue={row.url ?? ""}
            error={problem("url")}
            required
            withAsterisk={false}
          />
          <TextInput
            name="query"
            label="PromQL"
            defaultValue={row.query ?? ""}
            error={problem("query")}
            required
            withAsterisk={false}
          />
          <Group grow align="start">
            <TextInput
              name="header_name"
              label="Header"
              defaultValue={row.headerName ?? ""}
              error={problem("header_name")}
            />
            <TextInput
              name="header_value"
              label="Its value"
              type="password"
              autoComplete="off"
              placeholder={row.headerName === null ? "" : "Kept as it is"}
              error={problem("header_value")}
            />
          </Group>
          <Checkbox name="enabled" value="on" label="Pull it" defaultChecked={row.pulls ?? true} />
        </Stack>
      )}
    </ConfirmForm>
  );
}

/** Stops pulling, after asking. */
export function RemoveSource({ slug, row }: { slug: string; row: LimitRow }) {
  return (
    <ConfirmForm
      trigger={{ label: "Stop pulling", variant: "default", size: "xs" }}
      title={`Stop pulling ${row.name}`}
      explanation="Its limit waits for reported values again."
      action={dropSource.bind(null, slug)}
      hidden={{ name: row.name }}
      reason="none"
      submitLabel="Stop pulling"
      doneMessage={`${row.name} is no longer pulled`}
    />
  );
}
