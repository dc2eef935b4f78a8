"use client";

import { changeWords } from "#app/(console)/[workspace]/countries/change-words.ts";
import classes from "#app/(console)/[workspace]/countries/countries.module.css";
import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { ResetsIn } from "#app/(console)/[workspace]/countries/resets-in.tsx";
import { RowAction } from "#app/(console)/[workspace]/countries/row-action.tsx";
import { columnsOf } from "#components/data-table-columns.ts";
import { formatCount } from "#components/number-format.ts";
import { PhaseBadge, phaseLabel } from "#components/phase-badge.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import { UsageBar } from "#components/usage-bar.tsx";
import type { CountryToday } from "#lib/launch/country-pages.ts";
import { formatMinor } from "#lib/launch/currencies.ts";
import { OPERATIONS, type Operation, PHASES } from "#lib/launch/vocabulary.ts";

const column = columnsOf<CountryToday>();

/** The columns that are out of sight until asked for; the CSV has them all the same. */
export const HIDDEN_COLUMNS = [
  ...OPERATIONS.flatMap((operation) => [`${operation}-cap`, `${operation}-held`, `${operation}-refused`]),
  "code",
  "amount",
  "version",
];

/** An operation's cap and what today used of it, as a bar. */
function GateBar({ country, operation }: { country: CountryToday; operation: Operation }) {
  const { used, held, cap, amountCap, amountUsedMinor } = country.gates[operation];
  if (country.phase === "not_launched") return <span className={classes.none}>–</span>;
  const label = `${OPERATION_WORDS[operation]} in ${country.name} today`;
  const money = (minor: number) => amountCap !== null && formatMinor(minor, amountCap.currency, "en");
  return (
    <>
      <UsageBar label={label} used={used - held} held={held} cap={cap} show="numbers" />
      {amountCap !== null && (
        <div className={classes.amount}>
          {money(amountUsedMinor)} of {money(amountCap.minor)}
        </div>
      )}
    </>
  );
}

function gateColumns(operation: Operation) {
  const name = OPERATION_WORDS[operation];
  const number = (id: string, label: string, pick: (country: CountryToday) => number) =>
    column.accessor(pick, {
      id: `${operation}-${id}`,
      header: label,
      cell: ({ getValue }) => formatCount(getValue()),
      meta: { align: "end", csv: "always", phone: "hidden" },
    });
  return [
    column.accessor((country) => country.gates[operation].used, {
      id: operation,
      header: name,
      cell: ({ row }) => <GateBar country={row.original} operation={operation} />,
      meta: { phone: "full" },
    }),
    number("cap", `${name} cap`, (country) => country.gates[operation].cap),
    number("held", `${name} held`, (country) => country.gates[operation].held),
    number("refused", `${name} refused`, (country) => country.gates[operation].refused),
  ];
}

function amountText(country: CountryToday): string {
  const { amountCap } = country.gates.payment;
  return amountCap === null ? "" : formatMinor(amountCap.minor, amountCap.currency, "en");
}

function LastChange({ country: { lastChange: change } }: { country: CountryToday }) {
  if (change === null) return <span className={classes.none}>–</span>;
  return (
    <span className={classes.change} title={[change.by, change.reason].filter(Boolean).join(": ")}>
      <span>{changeWords(change)}</span>
      <span className={classes.changeMeta}>
        <RelativeTime at={change.at} />
      </span>
    </span>
  );
}

export const COUNTRY_COLUMNS = column.columns([
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
  column.accessor("phase", {
    header: "Phase",
    cell: ({ getValue }) => <PhaseBadge phase={getValue()} />,
    sortFn: (a, b) => PHASES.indexOf(a.original.phase) - PHASES.indexOf(b.original.phase),
    meta: { phone: "corner" },
  }),
  ...gateColumns("user"),
  ...gateColumns("payment"),
  ...gateColumns("creator"),
  column.accessor(amountText, {
    id: "amount",
    header: "Amount cap",
    cell: ({ getValue }) => (getValue() === "" ? <span className={classes.none}>–</span> : getValue()),
    meta: { align: "end", csv: "always" },
    sortFn: (a, b) =>
      (a.original.gates.payment.amountCap?.minor ?? -1) - (b.original.gates.payment.amountCap?.minor ?? -1),
  }),
  column.accessor("resetsAt", {
    header: "Resets",
    cell: ({ row }) => <ResetsIn at={row.original.resetsAt} timeZone={row.original.timeZone} />,
  }),
  column.accessor("policyVersion", {
    id: "version",
    header: "Policy version",
    meta: { align: "end", csv: "always" },
  }),
  column.accessor((country) => country.lastChange?.at ?? "", {
    id: "changed",
    header: "Last change",
    cell: ({ row }) => <LastChange country={row.original} />,
    meta: { phone: "full" },
  }),
  column.display({
    id: "action",
    header: () => <span className={classes.unseen}>Action</span>,
    cell: ({ row }) => (
      <span className={classes.action}>
        <RowAction country={row.original} />
      </span>
    ),
    meta: { label: "", align: "end", phone: "full" },
    enableHiding: false,
  }),
]);

/** What a search should find besides the cells. */
export function countrySearchText(country: CountryToday): string {
  return `${phaseLabel(country.phase)} ${country.timeZone} ${country.pauseReason ?? ""}`;
}
