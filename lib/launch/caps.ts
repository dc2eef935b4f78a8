import { hash } from "node:crypto";
import { askAround } from "#lib/ask-around.ts";
import { Batcher, queueFull } from "#lib/batch.ts";
import { connect, isConnectionLost, type Sql } from "#lib/db/connect.ts";
import { toAppError } from "#lib/db/sqlstate.ts";
import { AppError, type ErrorCode } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { recordDecision } from "#lib/metrics.ts";
import { placeOf } from "#lib/queue/places.ts";
import { usageChanged } from "./announce-usage.ts";
import { askCaps, type CapQuestion, type CapRow } from "./ask-caps.ts";
import { newCheckId } from "./check-id.ts";
import type { CapAnswer, CapCheck } from "./schema.ts";

/** A key that two callers used at once, and a deadlock (with a migration, say: checks have one order among themselves). Nothing was kept. */
const ASKED_AGAIN = new Set<unknown>(["23505", "40P01"]);
const PROBLEMS: Record<NonNullable<CapRow["problem"]>, ErrorCode> = {
  unauthenticated: "unauthenticated",
  forbidden: "forbidden",
  key_reused: "key_reused",
  amount_required: "amount_required",
  currency_mismatch: "currency_mismatch",
};

interface Lane {
  sql: Sql;
  batcher: Batcher<CapQuestion, CapRow>;
}

const shared: { gantryCaps?: Lane } = globalThis as typeof shared;

/** Asks again where another transaction won: of two callers who used one key at once the loser meets the winner's receipt. */
async function send(sql: Sql, questions: CapQuestion[], attempt = 1): Promise<CapRow[]> {
  try {
    return await askCaps(sql, questions);
  } catch (error) {
    const code: unknown =
      typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
    if (!ASKED_AGAIN.has(code) || attempt === 5) throw error;
    return send(sql, questions, attempt + 1);
  }
}

/** One key of two callers never shares a call: whether both are of one workspace, only the database knows. */
function oneCallerPerKey(): (question: CapQuestion) => boolean {
  const callers = new Map<string, Buffer>();
  return ({ idempotencyKey, keyHash }) => {
    const caller = callers.get(idempotencyKey);
    if (caller !== undefined) return caller.equals(keyHash);
    callers.set(idempotencyKey, keyHash);
    return true;
  };
}

function caps(): Lane {
  if (shared.gantryCaps !== undefined) return shared.gantryCaps;
  const renew = () => {
    const old = made.sql;
    made.sql = connect("caps", 1);
    void old.end({ timeout: 0 });
  };
  const made: Lane = {
    sql: connect("caps", 1),
    batcher: new Batcher<CapQuestion, CapRow>({
      send: (questions) =>
        askAround(questions, async (some) => {
          const { sql } = made;
          try {
            return await send(sql, some);
          } catch (error) {
            // Of two calls that lost one connection the second must not end the new one.
            if (isConnectionLost(error) && made.sql === sql) renew();
            throw error;
          }
        }),
      maxBatch: 1000,
      calls: 2,
      maxQueue: 10_000,
      deadline: 4000,
      mayShare: oneCallerPerKey,
      onStuck: renew,
    }),
  };
  shared.gantryCaps = made;
  return made;
}

/** How many checks wait or are in flight in this process. */
export function capQueueDepth(): number {
  return shared.gantryCaps?.batcher.depth ?? 0;
}

/** Waits for the checks under way, then closes their connection. */
export async function closeCaps(): Promise<void> {
  const open = shared.gantryCaps;
  if (open === undefined) return;
  await open.batcher.drain();
  await open.sql.end({ timeout: 5 });
}

/** The request's fingerprint: equal requests, however they were spelled, have equal ones. */
function fingerprintOf(check: CapCheck): string {
  const { country, operation, units, subject, device, ip, amount, hold_seconds, queue, campaign } = check;
  const text = JSON.stringify([
    country,
    operation,
    units,
    subject,
    device,
    ip,
    amount?.minor,
    amount?.currency,
    hold_seconds,
    ...(queue === true ? [queue] : []),
    ...(campaign === undefined ? [] : [campaign]),
  ]);
  return hash("sha256", text, "hex").slice(0, 32);
}

const MOST_TIMES = 1000;
const times = new Map<number, string>();

/** A time as text. The checks of a batch share theirs, and those of a country its midnight. */
function timeText(time: Date): string {
  const at = time.getTime();
  const known = times.get(at);
  if (known !== undefined) return known;
  if (times.size === MOST_TIMES) times.clear();
  const text = time.toISOString();
  times.set(at, text);
  return text;
}

const timeOrNull = (time: Date | null) => (time === null ? null : timeText(time));

function answerOf(check: CapCheck, row: CapRow): CapAnswer {
  return {
    id: row.id,
    allowed: row.allowed === true,
    reason: row.reason,
    country: check.country,
    operation: check.operation,
    units: check.units,
    cap: row.cap,
    remaining: row.remaining,
    resets_at: timeOrNull(row.resets_at),
    retry_after: timeOrNull(row.retry_at),
    policy_version: row.policy_version,
    throttle_level: row.throttle_level,
    decided_at: timeText(row.decided_at),
    ...(row.hold_expires_at === null ? {} : { reservation: { expires_at: timeText(row.hold_expires_at) } }),
    ...(row.shadow === null ? {} : { shadow: { allowed: false as const, reason: row.shadow } }),
  };
}

export interface Decided {
  answer: CapAnswer;
  /** The key had been seen: this is its recorded answer. */
  replayed: boolean;
}

/**
 * Asks whether something may happen, and takes its units when it may. Resolves after the commit. A refusal is an answer; throws
 * unauthenticated, forbidden (the key lacks caps.check), key_reused, amount_required, currency_mismatch, or unavailable.
 */
export async function checkCap(keyHash: Buffer, idempotencyKey: string, check: CapCheck): Promise<Decided> {
  const row = await caps().batcher.ask({
    keyHash,
    id: newCheckId(),
    idempotencyKey,
    fingerprint: fingerprintOf(check),
    check,
  });
  if (row.problem !== null) throw new AppError(PROBLEMS[row.problem]);
  const answer = answerOf(check, row);
  recordDecision(answer, row.replayed);
  if (!row.replayed) usageChanged(keyHash);
  if (answer.reason === "queued" && check.queue === true) {
    const ticket = await placeOf(answer.id);
    if (ticket !== null) answer.ticket = ticket;
  }
  return { answer, replayed: row.replayed };
}

/** The outcome of one check of a batch: its answer, or the problem it met. */
export type BatchOutcome = { decided: Decided } | { problem: AppError };

/**
 * Asks many checks at once, answered in order. One check's misuse does not touch the others. Throws only what concerns
 * them all: unauthenticated, forbidden, unavailable when there is no room for them, or what none was answered for.
 */
export async function checkCaps(
  keyHash: Buffer,
  checks: { idempotencyKey: string; check: CapCheck }[],
): Promise<BatchOutcome[]> {
  if (!caps().batcher.hasRoom(checks.length)) throw queueFull();
  const settled = await Promise.allSettled(
    checks.map(({ idempotencyKey, check }) => checkCap(keyHash, idempotencyKey, check)),
  );
  const outcomes = settled.map((outcome): BatchOutcome => {
    if (outcome.status === "fulfilled") return { decided: outcome.value };
    const error = toAppError(outcome.reason);
    if (error.code === "unauthenticated" || error.code === "forbidden") throw error;
    if (error.code === "internal") log().error({ err: outcome.reason }, "a check of a batch failed");
    return { problem: error };
  });
  const [first] = outcomes;
  const answered = (outcome: BatchOutcome) =>
    "decided" in outcome || !["unavailable", "internal"].includes(outcome.problem.code);
  if (first !== undefined && "problem" in first && !outcomes.some(answered)) throw first.problem;
  return outcomes;
}
