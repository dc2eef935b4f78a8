import type { CapAnswer } from "#lib/launch/schema.ts";
import type { Operation } from "#lib/launch/vocabulary.ts";

/** What happened in one country, as its product saw it. */
export interface Tally {
  asked: number;
  granted: number;
  /** By reason. */
  refused: Map<string, number>;
  committed: number;
  released: number;
  /** Questions asked more than once under one key. */
  retried: number;
  /** Questions that were never answered. */
  unanswered: number;
  /** The newest answer of the gate for users. */
  users: { cap: number; used: number } | undefined;
}

/** Units of one country and operation in one local day. */
export interface DayUnits {
  country: string;
  operation: Operation;
  /** When the local day ends, which names the day. */
  resetsAt: string;
  granted: number;
  returned: number;
  amount: number;
}

function emptyTally(): Tally {
  return {
    asked: 0,
    granted: 0,
    refused: new Map(),
    committed: 0,
    released: 0,
    retried: 0,
    unanswered: 0,
    users: undefined,
  };
}

/** Counts what was granted and given back, from the answers alone. */
export class Ledger {
  readonly tallies = new Map<string, Tally>();
  readonly days = new Map<string, DayUnits>();
  /** Units of questions that were never answered, by country and operation: taken or not, who knows. */
  readonly unknown = new Map<string, number>();

  tally(country: string): Tally {
    const kept = this.tallies.get(country);
    if (kept !== undefined) return kept;
    const made = emptyTally();
    this.tallies.set(country, made);
    return made;
  }

  /** All countries together. */
  total(): Tally {
    const total = emptyTally();
    for (const tally of this.tallies.values()) {
      for (const count of ["asked", "granted", "committed", "released", "retried", "unanswered"] as const) {
        total[count] += tally[count];
      }
      for (const [reason, count] of tally.refused) {
        total.refused.set(reason, (total.refused.get(reason) ?? 0) + count);
      }
    }
    return total;
  }

  decided(answer: CapAnswer, amount: number): void {
    const tally = this.tally(answer.country);
    if (answer.operation === "user" && answer.cap !== null && answer.remaining !== null) {
      tally.users = { cap: answer.cap, used: answer.cap - answer.remaining };
    }
    if (!answer.allowed) {
      tally.refused.set(answer.reason, (tally.refused.get(answer.reason) ?? 0) + 1);
      return;
    }
    tally.granted += 1;
    const day = this.#day(answer);
    day.granted += answer.units;
    day.amount += amount;
  }

  returned(answer: CapAnswer): void {
    this.tally(answer.country).released += 1;
    this.#day(answer).returned += answer.units;
  }

  unanswered(country: string, operation: Operation): void {
    this.tally(country).unanswered += 1;
    const place = `${country} ${operation}`;
    this.unknown.set(place, (this.unknown.get(place) ?? 0) + 1);
  }

  #day({ country, operation, resets_at }: CapAnswer): DayUnits {
    const resetsAt = resets_at ?? "";
    const place = `${country} ${operation} ${resetsAt}`;
    const kept = this.days.get(place);
    if (kept !== undefined) return kept;
    const made = { country, operation, resetsAt, granted: 0, returned: 0, amount: 0 };
    this.days.set(place, made);
    return made;
  }
}
