import { Alert } from "@mantine/core";
import Link from "next/link";
import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { ApplyLinks } from "#app/(console)/[workspace]/dry-runs/apply-links.tsx";
import classes from "#app/(console)/[workspace]/dry-runs/dry-runs.module.css";
import { FactsTables } from "#app/(console)/[workspace]/dry-runs/facts-tables.tsx";
import { GoOn } from "#app/(console)/[workspace]/dry-runs/go-on.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import results from "#app/(console)/[workspace]/results.module.css";
import { formatCount } from "#components/number-format.ts";
import { TimeChart } from "#components/time-chart.tsx";
import type { DryRun, DryRunDay } from "#lib/dryrun/answers.ts";
import { type GateTotal, gateTotals, limitsOf, summaryOf } from "#lib/dryrun/reading.ts";
import { isUnderWay } from "#lib/dryrun/vocabulary.ts";
import type { CountryToday } from "#lib/launch/country-pages.ts";
import type { Permission } from "#lib/workspace/vocabulary.ts";

type Props = {
  slug: string;
  run: DryRun;
  countries: readonly CountryToday[];
  permissions: readonly Permission[];
  gate: string | undefined;
};

const HOUR_MS = 3_600_000;
const SERIES = [
  { key: "was", label: "As it was", color: "gray" as const },
  { key: "would", label: "As proposed", color: "accent" as const },
];

const gateKey = (gate: { country: string; operation: string }) => `${gate.country}-${gate.operation}`;

function hoursOf(days: readonly DryRunDay[]) {
  return days
    .flatMap((day) =>
      day.was.map((was, hour) => ({
        at: Date.parse(day.starts_at) + hour * HOUR_MS,
        was,
        would: day.would[hour] ?? 0,
      })),
    )
    .toSorted((a, b) => a.at - b.at);
}

function whenText(at: string | null, days: number, timeZone: string): string {
  if (at === null) return "Never";
  const first = new Date(at).toLocaleString("en-GB", {
    timeZone,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  return days === 1 ? first : `${days} days, first ${first}`;
}

type TableProps = {
  totals: readonly GateTotal[];
  shown: string;
  runId: string;
  nameOf: (code: string) => string;
  zoneOf: (code: string) => string;
};

function GateTable({ totals, shown, runId, nameOf, zoneOf }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reachable by keyboard.
    <section className={results.scroll} tabIndex={0} aria-label="By country and operation">
      <table className={results.table}>
        <thead>
          <tr>
            {[
              "Country",
              "Let in",
              "As proposed",
              "Gained",
              "Lost",
              "Cap was reached",
              "Would be reached",
            ].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {totals.map((total) => (
            <tr key={gateKey(total)}>
              <th scope="row">
                <Link
                  href={`?run=${runId}&gate=${gateKey(total)}`}
                  scroll={false}
                  {...(gateKey(total) === shown && { "aria-current": "true" as const })}
                >
                  {nameOf(total.country)}, {OPERATION_WORDS[total.operation].toLowerCase()}
                </Link>
              </th>
              <td>{formatCount(total.was)}</td>
              <td>{formatCount(total.would)}</td>
              <td>{formatCount(total.gained)}</td>
              <td>{formatCount(total.lost)}</td>
              <td>{whenText(total.first_reached_at, total.days_reached, zoneOf(total.country))}</td>
              <td>{whenText(total.first_would_reach_at, total.days_would_reach, zoneOf(total.country))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What a run came to: a sentence, a row a country and operation, the hours of one of them, and what it cannot know. */
export function ResultPanel({ slug, run, countries, permissions, gate }: Props) {
  const totals = gateTotals(run.results);
  const nameOf = (code: string) => countries.find((one) => one.code === code)?.name ?? code;
  const zoneOf = (code: string) => countries.find((one) => one.code === code)?.timeZone ?? "UTC";
  const most = totals.toSorted((a, b) => b.gained + b.lost - a.gained - a.lost)[0];
  const shown = totals.find((total) => gateKey(total) === gate) ?? most;
  const days = run.results.filter((day) => shown !== undefined && gateKey(day) === gateKey(shown));
  return (
    <section className={panel.panel} aria-labelledby="result">
      <div className={panel.head}>
        <h2 id="result" className={panel.title}>
          What it would have done
        </h2>
      </div>
      <div className={results.reading}>
        {isUnderWay(run.status) && <GoOn slug={slug} id={run.id} />}
        {run.status === "done" && summaryOf(run).map((sentence) => <p key={sentence}>{sentence}</p>)}
        {run.status === "cancelled" && <p>It was cancelled; this is what it had found by then.</p>}
        {run.problem !== null && (
          <Alert color="red" role="alert">
            {run.problem}
          </Alert>
        )}
        {run.facts.risk?.pauses.map((pause) => (
          <p key={`${pause.country} ${pause.at}`}>
            {nameOf(pause.country)} would have been paused: {whenText(pause.at, 1, zoneOf(pause.country))},
            score {pause.score}.
          </p>
        ))}
      </div>
      {shown !== undefined && (
        <div className={classes.gates}>
          <GateTable totals={totals} shown={gateKey(shown)} runId={run.id} nameOf={nameOf} zoneOf={zoneOf} />
          <TimeChart
            label={`${OPERATION_WORDS[shown.operation]} let in each hour, ${nameOf(shown.country)}`}
            points={hoursOf(days)}
            series={SERIES}
            timeZone={zoneOf(shown.country)}
          />
        </div>
      )}
      <FactsTables run={run} nameOf={nameOf} />
      {run.status === "done" && (
        <ApplyLinks slug={slug} run={run} countries={countries} permissions={permissions} />
      )}
      <div className={classes.notes}>
        {limitsOf(run).map((sentence) => (
          <span key={sentence}>{sentence}</span>
        ))}
      </div>
    </section>
  );
}
