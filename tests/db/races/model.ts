import type { CapRow } from "#lib/launch/ask-caps.ts";
import type { Operation, Reason } from "#lib/launch/vocabulary.ts";

// What the cap check promises, one question after the other, in plain TypeScript. The database must not be told apart from it.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The countries of the model are an hour ahead of UTC all through the time they play in. */
const OFFSET = HOUR;

export interface Question {
  country: string;
  operation: Operation;
  units: number;
  amount?: { minor: number; currency: "EUR" | "USD" };
  hold_seconds?: number;
  key: string;
  id: string;
}

export type Answer = Pick<
  CapRow,
  "id" | "allowed" | "reason" | "shadow" | "cap" | "remaining" | "policy_version" | "throttle_level"
> & {
  decided_at: number;
  resets_at: number | null;
  retry_at: number | null;
  hold_expires_at: number | null;
};

/** What a question hears: a problem and nothing else, or an answer. */
export type Heard = { problem: string } | (Answer & { problem: null; replayed: boolean });

export interface Settled {
  problem: string | null;
  state: string | null;
}

export interface Country {
  phase: "not_launched" | "public" | "pause";
  version: number;
  caps: Record<Operation, number>;
  amountCap: number | null;
}

export interface Day {
  used: number;
  held: number;
  corrected: number;
  amount: number;
}

interface Reservation {
  day: Day;
  units: number;
  amount: number;
  expiresAt: number;
  state: "held" | "committed" | "released" | "expired";
}

interface Verdict {
  reason: Reason;
  allowed: boolean;
  counted: boolean;
  retryAt: number | null;
}

const EMPTY: Day = { used: 0, held: 0, corrected: 0, amount: 0 };
const YIELDS_FROM: Record<Operation, number> = { user: 2, creator: 2, payment: 3 };

/** A workspace of product services, checked one call at a time. */
export class Model {
  now: number;
  level = 0;
  enabled = true;
  enforced = true;
  allowsUnlisted = false;
  readonly countries = new Map<string, Country>();
  readonly #days = new Map<string, Day>();
  readonly #keys = new Map<string, { fingerprint: string; answer: Answer }>();
  readonly #reservations = new Map<string, Reservation>();

  constructor(now: number) {
    this.now = now;
  }

  /** The open local day, as days since 1970. */
  get today(): number {
    return Math.floor((this.now + OFFSET) / DAY);
  }

  /** Every day anything was counted in, by country, operation and day. */
  get days(): ReadonlyMap<string, Day> {
    return this.#days;
  }

  check(question: Question): Heard {
    const fingerprint = JSON.stringify([
      question.country,
      question.operation,
      question.units,
      question.amount,
      question.hold_seconds,
    ]);
    const kept = this.#keys.get(question.key);
    if (kept !== undefined && kept.answer.decided_at > this.now - 48 * HOUR) {
      if (kept.fingerprint !== fingerprint) return { problem: "key_reused" };
      return { ...kept.answer, problem: null, replayed: true };
    }
    const problem = this.#misuse(question);
    if (problem !== null) return { problem };
    const answer = this.#decide(question);
    this.#keys.set(question.key, { fingerprint, answer });
    return { ...answer, problem: null, replayed: false };
  }

  settle(id: string, action: "commit" | "release", isReceipt: boolean): Settled {
    const reservation = this.#reservations.get(id);
    if (reservation === undefined) return { problem: isReceipt ? "not_reserved" : "not_found", state: null };
    const wanted = action === "commit" ? "committed" : "released";
    if (reservation.state === "held") {
      const late = action === "commit" && reservation.expiresAt <= this.now;
      this.#end(reservation, late ? "expired" : wanted);
    }
    const { state } = reservation;
    const agrees = state === wanted || (wanted === "released" && state === "expired");
    return { problem: agrees ? null : "conflict", state };
  }

  expire(): number {
    const due = [...this.#reservations.values()].filter(
      ({ state, expiresAt }) => state === "held" && expiresAt <= this.now,
    );
    for (const reservation of due) this.#end(reservation, "expired");
    return due.length;
  }

  /** Adds to today's counter (null: resets it, and what it has spent, to what is held). False when it would fall below what is held. */
  correct(country: string, operation: Operation, change: number | null): boolean {
    const day = this.#day(country, operation);
    const by = change ?? day.held - day.used;
    if (day.used + by < day.held) return false;
    day.used += by;
    day.corrected += by;
    if (change === null) day.amount = this.#heldAmount(day);
    return true;
  }

  #heldAmount(day: Day): number {
    const held = [...this.#reservations.values()].filter((one) => one.day === day && one.state === "held");
    return held.reduce((sum, { amount }) => sum + amount, 0);
  }

  #end(reservation: Reservation, state: "committed" | "released" | "expired"): void {
    reservation.state = state;
    reservation.day.held -= reservation.units;
    if (state === "committed") return;
    reservation.day.used -= reservation.units;
    reservation.day.amount -= reservation.amount;
  }

  #day(country: string, operation: Operation): Day {
    const place = `${country} ${operation} ${this.today}`;
    const known = this.#days.get(place);
    if (known !== undefined) return known;
    const day = { ...EMPTY };
    this.#days.set(place, day);
    return day;
  }

  #amountCap({ country, operation }: Pick<Question, "country" | "operation">): number | null {
    return operation === "payment" ? (this.countries.get(country)?.amountCap ?? null) : null;
  }

  /** A payment under an amount cap says its amount, in the cap's currency. Only asked where the answer could depend on it. */
  #misuse(question: Question): string | null {
    const open = this.countries.get(question.country)?.phase === "public";
    const yields = this.level >= YIELDS_FROM[question.operation];
    if (!this.enabled || !this.enforced || !open || yields || this.#amountCap(question) === null) return null;
    if (question.amount === undefined) return "amount_required";
    return question.amount.currency === "EUR" ? null : "currency_mismatch";
  }

  #verdict(question: Question, day: Day, dayEnd: number): Verdict {
    const country = this.countries.get(question.country);
    const amountCap = this.#amountCap(question);
    const { minor, currency } = question.amount ?? { minor: 0, currency: null };
    const refused = (reason: Reason, retryAt: number | null, counted = true) => ({
      reason,
      allowed: false,
      counted,
      retryAt,
    });
    if (!this.enabled) return { reason: "engine_disabled", allowed: true, counted: false, retryAt: null };
    if (country === undefined && !this.allowsUnlisted) return refused("not_launched", null, false);
    if (country?.phase === "pause") return refused("paused", null);
    if (country?.phase === "not_launched") return refused("not_launched", null);
    if (this.level >= YIELDS_FROM[question.operation]) return refused("throttled", this.now + MINUTE);
    if (country !== undefined && day.used + question.units > country.caps[question.operation])
      return refused("cap_reached", dayEnd);
    if (amountCap !== null && currency === "EUR" && day.amount + minor > amountCap)
      return refused("amount_cap_reached", dayEnd);
    return {
      reason: country === undefined ? "unlisted" : "granted",
      allowed: true,
      counted: true,
      retryAt: null,
    };
  }

  #decide(question: Question): Answer {
    const country = this.countries.get(question.country);
    const isTracked = this.enabled && (country !== undefined || this.allowsUnlisted);
    const dayEnd = (this.today + 1) * DAY - OFFSET;
    const day = isTracked ? this.#day(question.country, question.operation) : { ...EMPTY };
    const verdict = this.#verdict(question, day, dayEnd);
    const shadow = this.#shadowOf(verdict);
    const allowed = verdict.allowed || shadow !== null;
    const expiresAt = allowed && verdict.counted ? this.#take(question, day) : null;
    return {
      id: question.id,
      decided_at: this.now,
      allowed,
      reason: shadow === null ? verdict.reason : "granted",
      shadow,
      ...this.#room(isTracked ? country?.caps[question.operation] : undefined, day),
      resets_at: isTracked ? dayEnd : null,
      retry_at: allowed ? null : verdict.retryAt,
      hold_expires_at: expiresAt,
      policy_version: country?.version ?? null,
      throttle_level: this.level,
    };
  }

  /** With caps not enforced: the refusal that a grant stands for. A pause refuses all the same. */
  #shadowOf({ allowed, reason }: Verdict): Reason | null {
    return this.enforced || allowed || reason === "paused" ? null : reason;
  }

  #room(cap: number | undefined, { used }: Day): { cap: number | null; remaining: number | null } {
    return cap === undefined ? { cap: null, remaining: null } : { cap, remaining: Math.max(cap - used, 0) };
  }

  /** Counts the question's units; the end of its lease when it holds them. */
  #take({ id, units, hold_seconds, ...question }: Question, day: Day): number | null {
    const counts = this.#amountCap(question) !== null && question.amount?.currency === "EUR";
    const amount = counts ? (question.amount?.minor ?? 0) : 0;
    day.used += units;
    day.amount += amount;
    if (hold_seconds === undefined) return null;
    const expiresAt = this.now + hold_seconds * 1000;
    day.held += units;
    this.#reservations.set(id, { day, units, amount, expiresAt, state: "held" });
    return expiresAt;
  }
}
