"use client";

import { TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { clockOf, momentOf, offsetName } from "#components/zoned-time.ts";

type DateTimeInputProps = {
  label: string;
  /** Sent under this name as an RFC 3339 moment in UTC; empty when no time is chosen. */
  name: string;
  /** IANA name of the zone the clock is read in. Default: the reader's own. */
  timeZone?: string;
  /** The moment that is chosen at first. */
  defaultValue?: Date;
  /** No earlier than this can be chosen. */
  min?: Date;
  description?: ReactNode;
  error?: string | undefined;
  required?: boolean;
};

/** Date and time, with the zone they are meant in and the moment in UTC beneath. For dialogs and other parts that only the browser renders. */
export function DateTimeInput(props: DateTimeInputProps) {
  const { label, name, defaultValue, min, description, error, required = false } = props;
  const timeZone = props.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [clock, setClock] = useState(defaultValue === undefined ? "" : clockOf(defaultValue, timeZone));
  const moment = momentOf(clock, timeZone);
  const offset = offsetName(moment ?? new Date(), timeZone);
  const zone = offset === timeZone ? timeZone : `${timeZone}, ${offset}`;
  const note =
    moment === null || timeZone === "UTC"
      ? zone
      : `${zone}. In UTC: ${clockOf(moment, "UTC").replace("T", ", ")}`;
  return (
    <>
      <TextInput
        type="datetime-local"
        label={label}
        description={
          <>
            {description} {note}
          </>
        }
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={clock}
        onChange={(event) => setClock(event.currentTarget.value)}
        error={error}
        required={required}
        withAsterisk={false}
        {...(min !== undefined && { min: clockOf(min, timeZone) })}
      />
      <input type="hidden" name={name} value={moment?.toISOString() ?? ""} />
    </>
  );
}
