import type { CapQuestion, CapRow } from "./ask-caps.ts";
import type { Reason } from "./vocabulary.ts";

type Times = "resets_at" | "retry_at" | "hold_expires_at";

/** A recorded answer, and the place of the check that asked for it. Its times are text. */
type Recalled = Omit<CapRow, "problem" | "replayed" | "decided_at" | Times> & {
  place: number;
  decided_at: string;
} & Record<Times, string | null>;

/** The row of launch.cap_answers, its columns as Postgres writes arrays. */
export interface Answers extends Record<Columns, string | null> {
  decided_at: Date;
  recalled: Recalled[];
}

const COLUMNS = [
  "verdicts",
  "caps",
  "resets_at",
  "policy_versions",
  "throttle_levels",
  "problems",
  "sources",
  "alloweds",
  "reasons",
  "shadows",
  "retry_at",
  "remaining",
  "hold_expires_at",
] as const;
type Columns = (typeof COLUMNS)[number];

/** What to select of a launch.cap_answers called a. */
export const ANSWERED = [
  "a.decided_at",
  "a.recalled",
  ...COLUMNS.map((column) => `a.${column}::text`),
].join();

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

function recall({ place, ...kept }: Recalled): [place: number, row: CapRow] {
  const row: CapRow = {
    ...kept,
    problem: null,
    replayed: true,
    decided_at: new Date(kept.decided_at),
    resets_at: dateOf(kept.resets_at),
    retry_at: dateOf(kept.retry_at),
    hold_expires_at: dateOf(kept.hold_expires_at),
  };
  return [place, row];
}

type Column<T> = (at: number) => T | null;

/** A column to read from. Its elements are words, numbers and times, so that none holds a comma or needs more than its quotes taken off. */
function columnOf<T>(column: string | null, element: (text: string) => T): Column<T> {
  if (column === null || column === "{}") return () => null;
  const elements = column
    .slice(1, -1)
    .split(",")
    .map((text) => (text === "NULL" ? null : element(text)));
  return (at) => elements[at] ?? null;
}

const asIs = <T extends string>(text: string) => text as T;
const asTime = (text: string) => new Date(text.slice(1, -1));

function columnsOf(answers: Answers) {
  return {
    verdict: columnOf(answers.verdicts, asIs<Reason>),
    cap: columnOf(answers.caps, Number),
    resetsAt: columnOf(answers.resets_at, asTime),
    version: columnOf(answers.policy_versions, Number),
    level: columnOf(answers.throttle_levels, Number),
    problem: columnOf(answers.problems, asIs<NonNullable<CapRow["problem"]>>),
    source: columnOf(answers.sources, Number),
    allowed: columnOf(answers.alloweds, (text) => text === "t"),
    reason: columnOf(answers.reasons, asIs<Reason>),
    shadow: columnOf(answers.shadows, asIs<Reason>),
    retryAt: columnOf(answers.retry_at, asTime),
    remaining: columnOf(answers.remaining, Number),
    holdExpiresAt: columnOf(answers.hold_expires_at, asTime),
  };
}

/** The rows of an answer, in the order of the questions. What is null in its columns is as usual: see launch.cap_answers. */
export function rowsOf(answers: Answers, questions: CapQuestion[], gatePlaces: number[]): CapRow[] {
  const from = columnsOf(answers);
  const recalled = new Map(answers.recalled.map(recall));
  const rows: CapRow[] = [];
  questions.forEach(({ id }, at) => {
    const gate = (gatePlaces[at] ?? 0) - 1;
    const problem = from.problem(at);
    const known = recalled.get(at + 1) ?? rows[(from.source(at) ?? 0) - 1];
    const row: CapRow = {
      problem,
      replayed: false,
      id,
      decided_at: answers.decided_at,
      allowed: problem === null ? (from.allowed(at) ?? true) : null,
      reason: from.reason(at) ?? from.verdict(gate) ?? "granted",
      shadow: from.shadow(at),
      cap: from.cap(gate),
      remaining: from.remaining(at),
      resets_at: from.resetsAt(gate),
      retry_at: from.retryAt(at),
      hold_expires_at: from.holdExpiresAt(at),
      policy_version: from.version(gate),
      throttle_level: from.level(gate) ?? 0,
    };
    rows.push(known === undefined ? row : { ...known, replayed: true });
  });
  return rows;
}
