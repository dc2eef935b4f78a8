import { OPERATIONS, type Operation } from "#lib/launch/vocabulary.ts";
import type { DryRun, DryRunDay } from "./dry-runs.ts";

/** Words for the units of an operation. */
const UNITS: Record<Operation, [one: string, many: string]> = {
  user: ["registration", "registrations"],
  payment: ["payment", "payments"],
  creator: ["creator", "creators"],
};

const REFUSALS_KEPT_DAYS = 14;

const count = (value: number) => value.toLocaleString("en");
const counted = (value: number, one: string, many: string) => `${count(value)} ${value === 1 ? one : many}`;

/** What a country's operation gained, lost and reached over the days of a run. */
export type GateTotal = {
  country: string;
  operation: Operation;
  checks: number;
  was: number;
  would: number;
  gained: number;
  lost: number;
  /** Days in which the cap was, and would have been, reached. */
  days_reached: number;
  days_would_reach: number;
  first_reached_at: string | null;
  first_would_reach_at: string | null;
  /** The hour with the most admissions as proposed; null when there were none. */
  peak_at: string | null;
};

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function peakOf(days: readonly DryRunDay[]): string | null {
  let peak: { at: number; units: number } | null = null;
  for (const day of days) {
    for (const [hour, units] of day.would.entries()) {
      if (units > (peak?.units ?? 0)) peak = { at: Date.parse(day.starts_at) + hour * 3_600_000, units };
    }
  }
  return peak === null ? null : new Date(peak.at).toISOString();
}

/** Totals by country and operation, in the order of the run. */
export function gateTotals(results: readonly DryRunDay[]): GateTotal[] {
  return [...Map.groupBy(results, (day) => `${day.country} ${day.operation}`).values()].flatMap((days) => {
    const [first] = days;
    if (first === undefined) return [];
    const reached = days.flatMap((day) => day.was_reached_at ?? []);
    const wouldReach = days.flatMap((day) => day.would_reach_at ?? []);
    return {
      country: first.country,
      operation: first.operation,
      checks: sum(days.map((day) => day.checks)),
      was: sum(days.flatMap((day) => day.was)),
      would: sum(days.flatMap((day) => day.would)),
      gained: sum(days.map((day) => day.gained)),
      lost: sum(days.map((day) => day.lost)),
      days_reached: reached.length,
      days_would_reach: wouldReach.length,
      first_reached_at: reached[0] ?? null,
      first_would_reach_at: wouldReach[0] ?? null,
      peak_at: peakOf(days),
    };
  });
}

function admissions(totals: readonly GateTotal[]): string[] {
  return OPERATIONS.flatMap((operation) => {
    const gates = totals.filter((total) => total.operation === operation);
    const [gained, lost] = [sum(gates.map((gate) => gate.gained)), sum(gates.map((gate) => gate.lost))];
    const [one, many] = UNITS[operation];
    return [
      ...(gained > 0 ? [`${counted(gained, one, many)} more let in`] : []),
      ...(lost > 0 ? [`${counted(lost, one, many)} fewer let in`] : []),
    ];
  });
}

function others({ facts }: DryRun): string[] {
  const { load, risk, threats = [] } = facts;
  const high = (minutes: readonly number[] = []) => (minutes[1] ?? 0) + (minutes[2] ?? 0);
  return [
    ...(load === undefined
      ? []
      : [
          `Throttling would have lasted ${counted(high(load.would), "minute", "minutes")} instead of ${count(high(load.was))}.`,
        ]),
    ...(risk === undefined
      ? []
      : [
          `${counted(risk.pauses.length, "country would have been paused", "pauses would have happened")} for risk; ${counted(risk.was_paused.length, "pause", "pauses")} did.`,
        ]),
    ...threats.map(
      (found) =>
        `The rule would have found ${counted(found.would_entities, "entity", "entities")} instead of ${count(found.was_entities)}.`,
    ),
  ];
}

/** What a run came to, in sentences, the answer first. */
export function summaryOf(run: DryRun): string[] {
  const checks = sum(run.results.map((day) => day.checks));
  const days = run.days === 1 ? "today" : `the last ${run.days} days`;
  const changed = admissions(gateTotals(run.results));
  const looked = run.countries.length > 0;
  const none =
    checks === 0 ? `Nothing was asked in ${days}.` : `Nobody more and nobody fewer would have been let in.`;
  return [
    ...(looked ? [changed.length > 0 ? `In ${days}: ${changed.join(", ")}.` : none] : []),
    ...others(run),
    ...(looked && checks > 0 ? [`${counted(checks, "decision was", "decisions were")} replayed.`] : []),
  ];
}

/** What the recording cannot know about this run. */
export function limitsOf(run: DryRun): string[] {
  return [
    "Somebody who was refused might have come back; a dry run doesn't guess that. Whoever the proposal alone lets in is counted as staying, and a queue's waiting isn't replayed.",
    ...(run.days > REFUSALS_KEPT_DAYS
      ? [`Refusals are kept for ${REFUSALS_KEPT_DAYS} days: before that nothing can be gained, only lost.`]
      : []),
    ...(run.proposal.scorecard === undefined
      ? []
      : [
          "When a person would have resumed a paused country isn't known, so a pause takes nothing from admissions here.",
        ]),
  ];
}
