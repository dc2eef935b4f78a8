import { OPERATIONS, type Operation } from "#lib/launch/vocabulary.ts";
import type { DryRun, DryRunDay } from "./answers.ts";

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
  /** Net of who would have waited less. */
  gained: number;
  lost: number;
  /** Units let in at once that waited in the queue. */
  sooner: number;
  /** Days in which the cap was, and would have been, reached. */
  days_reached: number;
  days_would_reach: number;
  first_reached_at: string | null;
  first_would_reach_at: string | null;
  /** Days in which the amount cap was, and would have been, reached. */
  days_spent: number;
  days_would_spend: number;
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
      gained: sum(days.map((day) => day.gained - day.sooner)),
      lost: sum(days.map((day) => day.lost)),
      sooner: sum(days.map((day) => day.sooner)),
      days_reached: reached.length,
      days_would_reach: wouldReach.length,
      first_reached_at: reached[0] ?? null,
      first_would_reach_at: wouldReach[0] ?? null,
      days_spent: days.filter((day) => day.was_spent_at !== null).length,
      days_would_spend: days.filter((day) => day.would_spend_at !== null).length,
      peak_at: peakOf(days),
    };
  });
}

function admissions(totals: readonly GateTotal[]): string[] {
  return OPERATIONS.flatMap((operation) => {
    const gates = totals.filter((total) => total.operation === operation);
    const [gained, lost] = [sum(gates.map((gate) => gate.gained)), sum(gates.map((gate) => gate.lost))];
    const sooner = sum(gates.map((gate) => gate.sooner));
    const [one, many] = UNITS[operation];
    return [
      ...(gained > 0 ? [`${counted(gained, one, many)} more let in`] : []),
      ...(lost > 0 ? [`${counted(lost, one, many)} fewer let in`] : []),
      ...(sooner > 0 ? [`${counted(sooner, one, many)} let in without waiting in the queue`] : []),
    ];
  });
}

/** When caps were and would have been reached; nothing where neither was. */
function caps(totals: readonly GateTotal[]): string[] {
  const days = (was: number, would: number, what: string) =>
    was + would === 0
      ? []
      : [
          `${what} would have been reached on ${counted(would, "local day", "local days")} instead of ${count(was)}.`,
        ];
  return [
    ...days(
      sum(totals.map((total) => total.days_reached)),
      sum(totals.map((total) => total.days_would_reach)),
      "A cap",
    ),
    ...days(
      sum(totals.map((total) => total.days_spent)),
      sum(totals.map((total) => total.days_would_spend)),
      "An amount cap",
    ),
  ];
}

/** An alert that was and would have been raised, by what it is about. */
type AlertCount = { about: string; was: number; would: number };

/** How many alerts were and would have been raised, by what they are about. Those about devices and rings are one an entity. */
export function alertsOf({ results, facts }: DryRun): AlertCount[] {
  const { load, risk, threats = [] } = facts;
  const capacity = {
    about: "Caps",
    was: sum(results.map((day) => day.was_alerts)),
    would: sum(results.map((day) => day.would_alerts)),
  };
  return [
    ...(results.length > 0 ? [capacity] : []),
    ...(load?.alerts ?? []).map(({ name, was, would }) => ({ about: `Load: ${name}`, was, would })),
    ...(risk === undefined ? [] : [{ about: "Risk", was: risk.was_alerts, would: risk.would_alerts }]),
    ...threats.map(({ rule, was_entities, would_entities }) => ({
      about: `Threats: ${rule.replaceAll("_", " ")}`,
      was: was_entities,
      would: would_entities,
    })),
  ];
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
          `${counted(risk.pauses.length, "pause", "pauses")} for risk would have happened; ${count(risk.was_paused.length)} did.`,
        ]),
    ...threats.map(
      ({ rule, would_entities: would, was_entities: was }) =>
        `The rule for ${rule.replaceAll("_", " ")}s would have found ${counted(would, "entity", "entities")} instead of ${count(was)}.`,
    ),
  ];
}

function alerts(run: DryRun): string[] {
  const counts = alertsOf(run);
  const [was, would] = [sum(counts.map((one) => one.was)), sum(counts.map((one) => one.would))];
  return was + would === 0
    ? []
    : [`${counted(would, "alert", "alerts")} would have been raised instead of ${count(was)}.`];
}

/** What a run came to, in sentences, the answer first. */
export function summaryOf(run: DryRun): string[] {
  const checks = sum(run.results.map((day) => day.checks));
  const days = run.days === 1 ? "today" : `the last ${run.days} days`;
  const totals = gateTotals(run.results);
  const changed = admissions(totals);
  const looked = run.countries.length > 0;
  const none =
    checks === 0 ? `Nothing was asked in ${days}.` : `Nobody more and nobody fewer would have been let in.`;
  const told = [
    ...(looked ? [changed.length > 0 ? `In ${days}: ${changed.join(", ")}.` : none] : []),
    ...caps(totals),
    ...others(run),
    ...alerts(run),
    ...(looked && checks > 0 ? [`${counted(checks, "decision was", "decisions were")} replayed.`] : []),
  ];
  return told.length > 0 ? told : ["There is nothing to replay: no country is listed."];
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
    ...(run.proposal.threats === undefined
      ? []
      : ["Whom a rule would have blocked is not taken from admissions here."]),
  ];
}
