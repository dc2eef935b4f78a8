import type { CapCheck } from "#lib/launch/schema.ts";

/** How a program asks: the engine itself, the API over HTTP, or a deliberately wrong counter (a control). */
export type Route =
  | { kind: "engine" }
  | { kind: "http"; origin: string }
  | { kind: "control"; how: "read-then-increment" | "read-then-write" };

/** What one program does: `callers` at once, each asking the next question when the last was answered. */
export interface Job {
  route: Route;
  apiKey: string;
  check: CapCheck;
  callers: number;
  /** How many new keys to ask with (null: until told to stop), or the keys to ask with, in order. */
  keys: number | null | string[];
  /** Ask again with the same key until there is an answer, as a client does that must know. */
  persist: boolean;
  /** Leave the answers' bodies out: of half a million observations they are most of the memory. */
  brief?: boolean;
}

/** The decision a caller heard, or the problem it met instead. */
export type Outcome =
  | {
      answered: true;
      id: string;
      allowed: boolean;
      reason: string;
      /** Cap minus remaining: for checks of one unit, which unit of the day this was. Null when unknown. */
      position: number | null;
      /** The whole answer as JSON; empty when the job is brief. */
      body: string;
    }
  | { answered: false; code: string };

/** One question as its caller saw it. Times are milliseconds of the machine's monotonic clock, the same in every process. */
export interface Observation {
  key: string;
  startedAt: number;
  endedAt: number;
  outcome: Outcome;
  /** Problems met before the outcome, when it persisted. */
  problems: string[];
}

/** The machine's monotonic clock in milliseconds. */
export function monotonic(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
