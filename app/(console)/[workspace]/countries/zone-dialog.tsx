"use client";

import { Select } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMemo } from "react";
import { setTimeZone } from "#app/(console)/[workspace]/countries/actions.ts";
import { type AboutCountry, CountryDialog } from "#app/(console)/[workspace]/countries/country-dialog.tsx";
import { dayTime } from "#components/time-axis.ts";

function zonesWith(current: string): string[] {
  return [...new Set(["UTC", current, ...Intl.supportedValuesOf("timeZone")])];
}

/** Gives a country's days another zone, from its next day on. */
export function ZoneDialog({ slug, country, ...dialog }: AboutCountry) {
  const action = useMemo(() => setTimeZone.bind(null, slug), [slug]);
  const zones = useMemo(() => zonesWith(country.timeZone), [country.timeZone]);
  const ends = dayTime(Date.parse(country.resetsAt), country.timeZone);
  return (
    <CountryDialog
      {...dialog}
      country={country}
      title={`Time zone of ${country.name}`}
      explanation={`Today's caps still reset at ${ends} (${country.timeZone}). The day after that one is the first to end at the new zone's midnight; nothing used today comes free before.`}
      action={action}
      reason="optional"
      submitLabel="Change time zone"
      onDone={() =>
        notifications.show({ color: "green", message: `${country.name}'s next day has the new zone` })
      }
    >
      {(problem) => (
        <Select
          label="Time zone"
          name="time_zone"
          data={zones}
          defaultValue={country.timeZone}
          searchable
          limit={60}
          nothingFoundMessage="No such zone"
          error={problem("time_zone")}
          openOnFocus={false}
          data-autofocus
        />
      )}
    </CountryDialog>
  );
}
