"use client";

import { Button, Group, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { create } from "#app/(console)/[workspace]/experiments/actions.ts";
import { CalendarStrip } from "#app/(console)/[workspace]/experiments/calendar-strip.tsx";
import classes from "#app/(console)/[workspace]/experiments/experiments.module.css";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { type CalendarDay, calendarOf } from "#lib/experiments/calendar.ts";
import { metricName } from "#lib/experiments/reading.ts";
import { EXPERIMENT_METRICS } from "#lib/experiments/vocabulary.ts";
import { OPERATIONS, type Operation } from "#lib/launch/vocabulary.ts";

/** A country where caps can be tried, with the caps it has and its next local day. */
export type OpenCountry = { code: string; name: string; tomorrow: string; caps: Record<Operation, number> };

type Props = { slug: string; countries: readonly OpenCountry[] };
type Problem = (name: string) => string | undefined;

const DEFAULT_DAYS = 14;

function drawSeed(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

/** The calendar that the inputs give; empty while they give none. A browser without digests (a page over plain HTTP) shows none before. */
function useCalendar(seed: string, startsOn: string, days: number): CalendarDay[] {
  const [calendar, setCalendar] = useState<CalendarDay[]>([]);
  useEffect(() => {
    let isCurrent = true;
    const isUsable =
      seed.trim().length >= 8 && !Number.isNaN(Date.parse(startsOn)) && days >= 2 && days <= 120;
    const computed =
      isUsable && isSecureContext ? calendarOf(seed.trim(), startsOn, days) : Promise.resolve([]);
    computed.then((next) => isCurrent && setCalendar(next)).catch(() => setCalendar([]));
    return () => {
      isCurrent = false;
    };
  }, [seed, startsOn, days]);
  return calendar;
}

type Caps = Record<"A" | "B", number>;

/** The cap that is in force, and a fifth more to try against it. */
function firstCaps(country: OpenCountry | undefined, operation: Operation): Caps {
  const now = country?.caps[operation] ?? 0;
  return { A: now, B: Math.ceil(now * 1.2) };
}

type CapInputsProps = {
  operation: Operation;
  now: number;
  caps: Caps;
  problem: Problem;
  onChange: (caps: Caps) => void;
};

function CapInputs({ operation, now, caps, problem, onChange }: CapInputsProps) {
  return (
    <Group grow align="start">
      {(["A", "B"] as const).map((arm) => (
        <NumberInput
          key={arm}
          name={`cap_${arm.toLowerCase()}`}
          label={`Cap ${arm}`}
          description={
            arm === "A"
              ? `${OPERATION_WORDS[operation]} a day; now ${now.toLocaleString("en")}`
              : "Tried against cap A"
          }
          value={caps[arm]}
          onChange={(value) => onChange({ ...caps, [arm]: Number(value) })}
          min={0}
          max={100_000_000}
          allowDecimal={false}
          hideControls
          error={problem(`cap_${arm.toLowerCase()}`)}
        />
      ))}
    </Group>
  );
}

function Fields({ countries, problem }: { countries: readonly OpenCountry[]; problem: Problem }) {
  const [country, setCountry] = useState(countries[0]);
  const [operation, setOperation] = useState<Operation>("user");
  const [startsOn, setStartsOn] = useState(country?.tomorrow ?? "");
  const [days, setDays] = useState(DEFAULT_DAYS);
  const [seed, setSeed] = useState(drawSeed);
  const [caps, setCaps] = useState(() => firstCaps(country, operation));
  const calendar = useCalendar(seed, startsOn, days);
  return (
    <Stack gap="md">
      <Select
        name="country"
        label="Country"
        data={countries.map(({ code, name }) => ({ value: code, label: name }))}
        value={country?.code ?? null}
        onChange={(code) => {
          const next = countries.find((one) => one.code === code) ?? country;
          setCountry(next);
          setCaps(firstCaps(next, operation));
          setStartsOn(next?.tomorrow ?? "");
        }}
        allowDeselect={false}
        searchable
        openOnFocus={false}
        error={problem("country")}
      />
      <Select
        name="operation"
        label="What is capped"
        data={OPERATIONS.map((value) => ({ value, label: OPERATION_WORDS[value] }))}
        value={operation}
        onChange={(value) => {
          const next = OPERATIONS.find((one) => one === value) ?? "user";
          setOperation(next);
          setCaps(firstCaps(country, next));
        }}
        allowDeselect={false}
      />
      <CapInputs
        operation={operation}
        now={country?.caps[operation] ?? 0}
        caps={caps}
        problem={problem}
        onChange={setCaps}
      />
      <Select
        name="metric"
        label="What it is judged by"
        description="Chosen before it begins; the others are shown beside it."
        data={EXPERIMENT_METRICS.map((value) => ({
          value,
          label: metricName(value, OPERATION_WORDS[operation]),
        }))}
        defaultValue="registrations"
        allowDeselect={false}
      />
      <Group grow align="start">
        <TextInput
          type="date"
          name="starts_on"
          label="First day, local"
          value={startsOn}
          min={country?.tomorrow ?? ""}
          onChange={(event) => setStartsOn(event.currentTarget.value)}
          error={problem("starts_on")}
        />
        <NumberInput
          name="days"
          label="Days"
          value={days}
          onChange={(value) => setDays(Number(value))}
          min={2}
          max={120}
          step={2}
          allowDecimal={false}
          error={problem("days")}
        />
      </Group>
      <Group align="end" wrap="nowrap">
        <TextInput
          name="seed"
          label="Seed"
          description="The calendar follows from it. It is kept and audited."
          value={seed}
          onChange={(event) => setSeed(event.currentTarget.value)}
          error={problem("seed")}
          flex={1}
        />
        <Button variant="default" onClick={() => setSeed(drawSeed())}>
          Draw another
        </Button>
      </Group>
      {calendar.length > 0 && (
        <div>
          <h3 className={classes.heading}>Calendar</h3>
          <CalendarStrip days={calendar} caps={caps} />
        </div>
      )}
    </Stack>
  );
}

/** A button that asks for an experiment, with the calendar that its seed gives. */
export function NewExperiment({ slug, countries }: Props) {
  return (
    <ConfirmForm
      trigger={{
        label: "New experiment",
        leftSection: <IconPlus size={16} />,
        disabled: countries.length === 0,
      }}
      title="Try two caps"
      explanation="Each local day has one of the two caps, changed at local midnight. A change of that cap by a person, a pause or a move of phase ends it."
      action={create.bind(null, slug)}
      reason="none"
      submitLabel="Begin at that midnight"
      doneMessage="The experiment is on the calendar"
    >
      {(problem) => <Fields countries={countries} problem={problem} />}
    </ConfirmForm>
  );
}
