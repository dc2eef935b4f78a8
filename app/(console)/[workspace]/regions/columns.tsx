"use client";

import classes from "#app/(console)/[workspace]/regions/regions.module.css";
import { RiskBadge } from "#app/(console)/[workspace]/regions/risk-badge.tsx";
import { Sparkline } from "#app/(console)/[workspace]/regions/sparkline.tsx";
import { KPI_WORDS, LEVEL_WORDS, metricText } from "#app/(console)/[workspace]/regions/words.ts";
import { columnsOf } from "#components/data-table-columns.ts";
import { PhaseBadge } from "#components/phase-badge.tsx";
import { kpiValue } from "#lib/regions/kpis.ts";
import type { Region } from "#lib/regions/region-pages.ts";
import { KPI_NAMES, type KpiName, RISK_LEVELS } from "#lib/regions/vocabulary.ts";

const column = columnsOf<Region>();

/** Out of sight until asked for; the CSV has them all the same. */
export const HIDDEN_COLUMNS = ["code", "active_chats", "chargebacks", "churn_risk", "store_rating"];

function Value({ region, name }: { region: Region; name: KpiName }) {
  const text = metricText(name, kpiValue(region.kpis, name), region.kpis.currency);
  const missing = region.kpis.missing_currencies;
  if (text === "–") return <span className={classes.none}>–</span>;
  if (name !== "revenue" || missing.length === 0) return text;
  return (
    <>
      <span className={classes.amount}>{text}</span>
      <div className={classes.muted}>without {missing.join(", ")}: no rate</div>
    </>
  );
}

const kpiColumn = (name: KpiName) =>
  column.accessor((region) => kpiValue(region.kpis, name) ?? undefined, {
    id: name,
    header: KPI_WORDS[name],
    cell: ({ row }) => <Value region={row.original} name={name} />,
    meta: { align: "end", csv: "always" },
  });

const RISK = column.accessor(
  (region) => (region.risk === null ? undefined : LEVEL_WORDS[region.risk.level]),
  {
    id: "risk",
    header: "Risk",
    cell: ({ row: { original } }) =>
      original.risk === null ? (
        <span className={classes.none}>–</span>
      ) : (
        <RiskBadge level={original.risk.level} score={original.risk.score} />
      ),
    sortFn: (a, b) =>
      RISK_LEVELS.indexOf(a.original.risk?.level ?? "insufficient_data") -
        RISK_LEVELS.indexOf(b.original.risk?.level ?? "insufficient_data") ||
      (a.original.risk?.score ?? -1) - (b.original.risk?.score ?? -1),
    meta: { phone: "corner" },
  },
);

const columnsWith = (mayReadRisk: boolean) =>
  column.columns([
    column.accessor("name", {
      header: "Country",
      cell: ({ row }) => (
        <span className={classes.name}>
          {row.original.name} <span className={classes.code}>{row.original.code}</span>
        </span>
      ),
      meta: { phone: "title" },
      enableHiding: false,
    }),
    column.accessor("code", { header: "Code", meta: { csv: "always", phone: "hidden" } }),
    column.accessor((region) => region.phase ?? "not listed", {
      id: "phase",
      header: "Phase",
      cell: ({ row: { original } }) =>
        original.phase === null ? (
          <span className={classes.none}>Not listed</span>
        ) : (
          <PhaseBadge phase={original.phase} />
        ),
    }),
    ...(mayReadRisk ? [RISK] : []),
    column.display({
      id: "trend",
      header: "24 hours",
      cell: ({ row: { original } }) =>
        original.trend.length === 0 ? (
          <span className={classes.none}>–</span>
        ) : (
          <Sparkline values={original.trend} label={`Active users of ${original.name} per hour`} />
        ),
    }),
    ...KPI_NAMES.map(kpiColumn),
  ]);

export const KPI_COLUMNS = columnsWith(false);
export const RISK_COLUMNS = columnsWith(true);
