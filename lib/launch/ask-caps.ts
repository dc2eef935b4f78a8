import { plain, texts } from "#lib/db/array-text.ts";
import type { Sql } from "#lib/db/connect.ts";
import { ANSWERED, type Answers, rowsOf } from "./cap-rows.ts";
import type { CapCheck } from "./schema.ts";
import type { Reason } from "./vocabulary.ts";

/** A check as it goes to the database. */
export interface CapQuestion {
  keyHash: Buffer;
  id: string;
  idempotencyKey: string;
  /** The first 128 bits of the SHA-256 of the parsed request, as a UUID. */
  fingerprint: string;
  check: CapCheck;
}

/** One check's answer. With a problem nothing was decided: allowed is null and the rest means nothing. */
export interface CapRow {
  problem: "unauthenticated" | "forbidden" | "key_reused" | "amount_required" | "currency_mismatch" | null;
  replayed: boolean;
  id: string;
  decided_at: Date;
  allowed: boolean | null;
  reason: Reason;
  shadow: Reason | null;
  cap: number | null;
  remaining: number | null;
  resets_at: Date | null;
  retry_at: Date | null;
  hold_expires_at: Date | null;
  policy_version: number | null;
  throttle_level: number;
}

class Distinct {
  readonly values: string[] = [];
  readonly #places = new Map<string, number>();

  /** The 1-based place of a value, and whether it is new. */
  place(value: string): { place: number; fresh: boolean } {
    const known = this.#places.get(value);
    if (known !== undefined) return { place: known, fresh: false };
    this.values.push(value);
    this.#places.set(value, this.values.length);
    return { place: this.values.length, fresh: true };
  }
}

/** Numbers callers. Neighbours are mostly of one caller, and equal bytes are cheaper to see than text to make. */
class Callers {
  readonly #hashes = new Distinct();
  #latest: { keyHash: Buffer; place: number } | undefined;

  place(keyHash: Buffer): number {
    if (this.#latest?.keyHash.equals(keyHash)) return this.#latest.place;
    const { place } = this.#hashes.place(keyHash.toString("hex"));
    this.#latest = { keyHash, place };
    return place;
  }

  get hashes(): string[] {
    return this.#hashes.values;
  }
}

function columns(questions: CapQuestion[]) {
  const callers = new Callers();
  const gates = new Distinct();
  const firsts = new Map<string, number>();
  const gateOf = {
    callers: [] as number[],
    countries: [] as string[],
    operations: [] as string[],
    campaigns: [] as (string | null)[],
  };
  const gatePlaces: number[] = [];
  const firstPlaces: number[] = [];
  questions.forEach(({ keyHash, idempotencyKey, check }, index) => {
    const caller = callers.place(keyHash);
    const campaign = check.campaign ?? null;
    const gate = gates.place(`${caller} ${check.country} ${check.operation} ${campaign ?? ""}`);
    if (gate.fresh) {
      gateOf.callers.push(caller);
      gateOf.countries.push(check.country);
      gateOf.operations.push(check.operation);
      gateOf.campaigns.push(campaign);
    }
    gatePlaces.push(gate.place);
    const key = `${caller} ${idempotencyKey}`;
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, index + 1);
    firstPlaces.push(first ?? index + 1);
  });
  return { hashes: callers.hashes, gateOf, gatePlaces, firstPlaces };
}

/** Asks launch.check_caps once for all of these. Answers in order. */
export async function askCaps(sql: Sql, questions: CapQuestion[]): Promise<CapRow[]> {
  const { hashes, gateOf, gatePlaces, firstPlaces } = columns(questions);
  const checks = questions.map(({ check }) => check);
  const [answers] = await sql<Answers[]>`
    select ${sql.unsafe(ANSWERED)} from launch.check_caps(
      ${texts(hashes.map((hash) => `\\x${hash}`))}::text::bytea[], ${plain(gateOf.callers)}::text::int[],
      ${plain(gateOf.countries)}::text::text[], ${plain(gateOf.operations)}::text::text[],
      ${plain(gatePlaces)}::text::int[], ${plain(firstPlaces)}::text::int[], ${plain(questions.map(({ id }) => id))}::text::uuid[],
      ${texts(questions.map(({ idempotencyKey }) => idempotencyKey))}::text::text[],
      ${plain(questions.map(({ fingerprint }) => fingerprint))}::text::uuid[], ${plain(checks.map(({ units }) => units))}::text::int[],
      ${plain(checks.map(({ amount }) => amount?.minor ?? null))}::text::bigint[],
      ${plain(checks.map(({ amount }) => amount?.currency ?? null))}::text::text[],
      ${plain(checks.map((check) => check.hold_seconds ?? null))}::text::int[],
      ${texts(checks.map(({ subject }) => subject ?? null))}::text::text[],
      ${texts(checks.map(({ device }) => device ?? null))}::text::text[], ${plain(checks.map(({ ip }) => ip ?? null))}::text::inet[],
      ${plain(checks.map(({ queue }) => (queue === true ? "t" : null)))}::text::boolean[],
      ${plain(gateOf.campaigns)}::text::text[]) a`;
  if (answers === undefined) throw new Error("check_caps gave no row");
  return rowsOf(answers, questions, gatePlaces);
}
