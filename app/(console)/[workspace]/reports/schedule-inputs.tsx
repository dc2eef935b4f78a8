"use client";

import { NativeSelect, Select, SimpleGrid, Textarea, TextInput } from "@mantine/core";
import { useMemo } from "react";
import type { Schedule } from "#lib/reports/schedule-schema.ts";

const DAYS = Array.from({ length: 28 }, (_, n) => ({ value: String(n + 1), label: String(n + 1) }));

/** The hours of a day, as a clock shows them. */
export const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, "0")}:00`,
}));

/** Every time zone this browser knows, with UTC and the present one. */
export function zonesWith(current: string): string[] {
  return [...new Set(["UTC", current, ...Intl.supportedValuesOf("timeZone")])];
}

type Props = {
  /** The schedule that is changed; null for a new one. */
  schedule: Schedule | null;
  /** Who a new one is for at first. */
  me: string;
  problem: (name: string) => string | undefined;
};

/** When a schedule sends, and to whom. */
export function ScheduleInputs({ schedule, me, problem }: Props) {
  const zone = schedule?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = useMemo(() => zonesWith(zone), [zone]);
  return (
    <>
      <TextInput
        label="Name"
        name="name"
        defaultValue={schedule?.name ?? "Monthly report"}
        maxLength={80}
        error={problem("name")}
        autoComplete="off"
        data-autofocus
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect
          label="Day of the month"
          name="day_of_month"
          data={DAYS}
          defaultValue={String(schedule?.day_of_month ?? 1)}
          error={problem("day_of_month")}
        />
        <NativeSelect
          label="At"
          name="hour"
          data={HOURS}
          defaultValue={String(schedule?.hour ?? 8)}
          error={problem("hour")}
        />
      </SimpleGrid>
      <Select
        label="Time zone"
        name="time_zone"
        data={zones}
        defaultValue={zone}
        searchable
        limit={60}
        nothingFoundMessage="No such zone"
        allowDeselect={false}
        error={problem("time_zone")}
        openOnFocus={false}
      />
      <Textarea
        label="Recipients"
        description="Up to 20, with commas or lines between them. Members sign in to open the report. Other addresses are asked first, and get a link of their own."
        name="recipients"
        defaultValue={schedule === null ? me : schedule.recipients.map(({ email }) => email).join("\n")}
        autosize
        minRows={2}
        maxRows={8}
        error={problem("recipients")}
      />
    </>
  );
}
