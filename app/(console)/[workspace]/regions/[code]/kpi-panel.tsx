"use client";

import { Group, SegmentedControl, Select } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import panel from "#app/(console)/[workspace]/panel.module.css";
import type { RegionQuery } from "#app/(console)/[workspace]/regions/[code]/query.ts";
import { KPI_WORDS } from "#app/(console)/[workspace]/regions/words.ts";
import { TimeChart } from "#components/time-chart.tsx";
import { KPI_NAMES } from "#lib/regions/vocabulary.ts";

export type ChartData = {
  points: { at: number; value: number | null }[];
  from: number;
  to: number;
  /** Own currencies that the span has revenue in. */
  currencies: string[];
  /** Currencies without a rate in the span. */
  missing: string[];
};

type Props = {
  name: string;
  timeZone: string;
  reportingCurrency: string;
  query: RegionQuery;
  data: ChartData;
};

const SPANS = [
  { value: "24h", label: "24 hours" },
  { value: "7d", label: "7 days" },
  { value: "90d", label: "90 days" },
];

function wordOf(of: string, reportingCurrency: string): string {
  if (of === "revenue") return `Revenue in ${reportingCurrency}`;
  if (of.startsWith("revenue:")) return `Revenue taken in ${of.slice(8)}`;
  const kpi = KPI_NAMES.find((name) => name === of);
  const word = kpi === undefined ? of : KPI_WORDS[kpi];
  return kpi === "verification_rate" || kpi === "churn_risk" ? `${word}, %` : word;
}

/** One KPI of a country over time: per hour, or per local day over 90 days. What is shown is in the address. */
export function KpiPanel({ name, timeZone, reportingCurrency, query, data }: Props) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const show = (next: Partial<RegionQuery>) =>
    start(() => router.replace(`?${new URLSearchParams({ ...query, ...next })}`, { scroll: false }));
  const word = wordOf(query.of, reportingCurrency);
  const choices = [
    ...KPI_NAMES.map((value) => ({ value: value as string, label: wordOf(value, reportingCurrency) })),
    ...data.currencies.map((code) => ({
      value: `revenue:${code}`,
      label: wordOf(`revenue:${code}`, reportingCurrency),
    })),
  ];
  const per = query.span === "90d" ? "per local day" : "per hour";
  return (
    <section className={panel.panel} aria-labelledby="kpis" aria-busy={pending}>
      <div className={panel.head}>
        <h2 id="kpis" className={panel.title}>
          KPIs over time
        </h2>
        <Group gap="xs">
          <Select
            size="xs"
            w={210}
            aria-label="KPI"
            data={choices}
            value={query.of}
            onChange={(of) => of !== null && show({ of })}
            allowDeselect={false}
          />
          <SegmentedControl
            size="xs"
            aria-label="Span"
            value={query.span}
            onChange={(span) => show({ span: span === "7d" || span === "90d" ? span : "24h" })}
            data={SPANS}
          />
        </Group>
      </div>
      <TimeChart
        label={`${word} in ${name}, ${per}`}
        points={data.points}
        series={[{ key: "value", label: `${word}, ${per}`, kind: "area" }]}
        timeZone={timeZone}
        from={data.from}
        to={data.to}
        height={260}
      />
      {query.of === "revenue" && data.missing.length > 0 && (
        <p className={panel.note}>
          Without what was taken in {data.missing.join(", ")}: there is no rate. Import one under Currency and
          rates.
        </p>
      )}
    </section>
  );
}
