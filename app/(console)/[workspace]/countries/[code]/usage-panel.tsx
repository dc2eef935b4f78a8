"use client";

import { Group, SegmentedControl, Select } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { type CountryQuery, queryWith } from "#app/(console)/[workspace]/countries/[code]/query.ts";
import { changeWords } from "#app/(console)/[workspace]/countries/change-words.ts";
import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { formatCount } from "#components/number-format.ts";
import { TimeChart } from "#components/time-chart.tsx";
import type { CountryChange } from "#lib/launch/country-changes.ts";
import type { CountryToday } from "#lib/launch/country-pages.ts";
import type { FinishedDay, UsageDay } from "#lib/launch/usage-days.ts";
import { OPERATIONS, type Operation } from "#lib/launch/vocabulary.ts";

type Props = {
  country: CountryToday;
  usage: UsageDay;
  days: readonly FinishedDay[];
  changes: readonly CountryChange[];
  query: CountryQuery;
  now: number;
};

const DAY = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});
const TODAY = "today";
const LABEL_ROOM_MS = 2_700_000;

function dayChoices(country: CountryToday, days: readonly FinishedDay[]) {
  const name = (day: string) => DAY.format(Date.parse(day));
  return [
    { value: TODAY, label: `Today, ${name(country.day)}` },
    ...days.map(({ day, used, cap }) => ({
      value: day,
      label: `${name(day)}: ${formatCount(used)}${cap === null ? "" : ` of ${formatCount(cap)}`}`,
    })),
  ];
}

/** Changes of that day as marks, without those whose labels would lie on one another. */
function marksOf(changes: readonly CountryChange[], usage: UsageDay) {
  const marks: { at: number; label: string }[] = [];
  for (const change of changes.toReversed()) {
    const at = Date.parse(change.at);
    if (change.action === "country.listed" || at < usage.from || at >= usage.to) continue;
    const last = marks.at(-1);
    if (last !== undefined && at - last.at < LABEL_ROOM_MS)
      marks[marks.length - 1] = { at, label: changeWords(change) };
    else marks.push({ at, label: changeWords(change) });
  }
  return marks;
}

/** How a local day filled up against its cap. The operation and the day are in the address. */
export function UsagePanel({ country, usage, days, changes, query, now }: Props) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const show = (next: Parameters<typeof queryWith>[1]) =>
    start(() =>
      router.replace(queryWith(query, { ...next, before: undefined, find: undefined }), { scroll: false }),
    );
  const word = OPERATION_WORDS[query.operation];
  const isToday = usage.day === country.day;
  return (
    <section className={panel.panel} aria-labelledby="usage" aria-busy={pending}>
      <div className={panel.head}>
        <h2 id="usage" className={panel.title}>
          Usage over the day
        </h2>
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label="Operation"
            value={query.operation}
            onChange={(operation) => show({ operation })}
            data={OPERATIONS.map((value: Operation) => ({ value, label: OPERATION_WORDS[value] }))}
          />
          <Select
            size="xs"
            w={196}
            aria-label="Local day"
            data={dayChoices(country, days)}
            value={isToday ? TODAY : usage.day}
            onChange={(day) => show({ day: day === TODAY || day === null ? undefined : day })}
            allowDeselect={false}
          />
        </Group>
      </div>
      <TimeChart
        label={`${word} in ${country.name} on ${DAY.format(Date.parse(usage.day))}`}
        points={usage.points}
        series={[
          { key: "used", label: `${word} granted, less those returned`, kind: "area" },
          { key: "refused", label: "Refused", kind: "line", color: "orange" },
        ]}
        timeZone={country.timeZone}
        from={usage.from}
        to={usage.to}
        {...(usage.cap !== null && usage.cap > 0 && { cap: { value: usage.cap, label: "Cap" } })}
        marks={[...marksOf(changes, usage), ...(isToday ? [{ at: now, label: "" }] : [])]}
        height={280}
      />
      {usage.corrected !== 0 && (
        <p className={panel.note}>
          Corrected by hand by {formatCount(usage.corrected)}; the last point has it, the ones before don't.
        </p>
      )}
    </section>
  );
}
