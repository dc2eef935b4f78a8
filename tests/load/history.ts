import type { Observation, Outcome } from "./job.ts";

/** A stretch in which the country was paused, in the monotonic clock of the observations. */
export interface Pause {
  calledAt: number;
  acknowledgedAt: number;
  resumeCalledAt: number;
  resumedAt: number;
}

export interface History {
  observations: Observation[];
  cap: number;
  pauses?: Pause[];
}

type Answer = Extract<Outcome, { answered: true }>;
interface Event {
  startedAt: number;
  endedAt: number;
  answer: Answer;
}

/**
 * Whether checks of one unit, each under its own key and against one cap, could have happened one after the other in real-time order. Every
 * grant tells its position, so this looks at all of them, not at a sample. Returns what is wrong, in words; empty when it is linearizable.
 */
export function violationsOf({ observations, cap, pauses = [] }: History): string[] {
  const events = observations.flatMap(({ outcome, startedAt, endedAt }): Event[] =>
    outcome.answered ? [{ startedAt, endedAt, answer: outcome }] : [],
  );
  const grants = events.filter(({ answer }) => answer.allowed);
  return [
    ...wrongPositions(grants, cap),
    ...wrongOrder(grants),
    ...falseRefusals(events, grants, cap),
    ...slippedPast(grants, pauses),
    ...pausedOutsidePauses(events, pauses),
  ];
}

function positionOf({ answer }: Event): number {
  return answer.position ?? Number.NaN;
}

/** Positions are 1, 2, 3 … without gap or double, none beyond the cap. */
function wrongPositions(grants: Event[], cap: number): string[] {
  const positions = grants.map(positionOf).toSorted((a, b) => a - b);
  return positions.flatMap((position, index) => {
    if (position > cap) return [`position ${position} is beyond the cap of ${cap}`];
    if (position === positions[index - 1]) return [`position ${position} was given twice`];
    return position === (positions[index - 1] ?? 0) + 1 ? [] : [`a position before ${position} is missing`];
  });
}

/** A grant that had been answered before another was asked has the lower position. */
function wrongOrder(grants: Event[]): string[] {
  const wrong: string[] = [];
  let latestStart = Number.NEGATIVE_INFINITY;
  for (const event of grants.toSorted((a, b) => positionOf(a) - positionOf(b))) {
    if (latestStart > event.endedAt)
      wrong.push(`position ${positionOf(event)} was answered before a lower one was asked`);
    latestStart = Math.max(latestStart, event.startedAt);
  }
  return wrong;
}

/** A cap is reached only by grants that had begun before the refusal was given. */
function falseRefusals(events: Event[], grants: Event[], cap: number): string[] {
  const lastGrantBegan = grants.length < cap ? Number.POSITIVE_INFINITY : latestStart(grants);
  return events.flatMap(({ endedAt, answer }) =>
    answer.reason === "cap_reached" && endedAt < lastGrantBegan
      ? [`cap_reached was answered with room left`]
      : [],
  );
}

function latestStart(grants: Event[]): number {
  return grants.reduce((latest, { startedAt }) => Math.max(latest, startedAt), 0);
}

/** Nothing asked after a pause was acknowledged, and answered before its end was asked for, is granted. */
function slippedPast(grants: Event[], pauses: Pause[]): string[] {
  return grants.flatMap((event) =>
    pauses.some((pause) => event.startedAt > pause.acknowledgedAt && event.endedAt < pause.resumeCalledAt)
      ? [`position ${positionOf(event)} was granted in a pause`]
      : [],
  );
}

/** `paused` is answered only to a question that overlaps a pause. */
function pausedOutsidePauses(events: Event[], pauses: Pause[]): string[] {
  return events.flatMap(({ startedAt, endedAt, answer }) =>
    answer.reason === "paused" &&
    !pauses.some((pause) => endedAt > pause.calledAt && startedAt < pause.resumedAt)
      ? ["paused was answered outside a pause"]
      : [],
  );
}
