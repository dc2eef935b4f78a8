import type { Gantry } from "#lib/client/index.ts";
import type { Country } from "#lib/launch/schema.ts";
import type { Evidence, Observations } from "./evidence.ts";
import type { DayUnits, Ledger } from "./ledger.ts";

/** Whether a promise was kept, with what was seen. */
export interface Finding {
  promise: string;
  /** null: nothing happened that could have broken it. */
  kept: boolean | null;
  evidence: string[];
}

/** What a country's counters said before and after. */
export interface Readings {
  start: Country;
  end: Country;
}

interface Compared {
  units: DayUnits;
  net: number;
  /** Used before the run, by the counter of the same local day. */
  before: number;
  after: { used: number; cap: number; amount: number; amountCapped: boolean; amountBefore: number };
  doubt: number;
}

/** Holds the ledger against the counters: only days that have not ended can be read. */
function compared(ledger: Ledger, readings: Map<string, Readings>): Compared[] {
  return [...ledger.days.values()].flatMap((units) => {
    const read = readings.get(units.country);
    const gate = read?.end.gates.find(({ operation }) => operation === units.operation);
    if (read === undefined || gate === undefined || read.end.resets_at !== units.resetsAt) return [];
    const sameDay = read.start.resets_at === units.resetsAt;
    const first = sameDay
      ? read.start.gates.find(({ operation }) => operation === units.operation)
      : undefined;
    return {
      units,
      net: units.granted - units.returned,
      before: first?.used ?? 0,
      after: {
        used: gate.used,
        cap: gate.cap,
        amount: gate.amount_used_minor,
        amountCapped: gate.amount_cap !== null,
        amountBefore: first?.amount_used_minor ?? 0,
      },
      doubt: ledger.unknown.get(`${units.country} ${units.operation}`) ?? 0,
    };
  });
}

function finding(promise: string, all: { problem: string | null }[], kept: string): Finding {
  const problems = all.flatMap(({ problem }) => (problem === null ? [] : [problem]));
  if (problems.length > 0) return { promise, kept: false, evidence: problems.slice(0, 5) };
  return { promise, kept: all.length === 0 ? null : true, evidence: [kept] };
}

/** Never more granted and not given back than the cap, by our count and by Gantry's. */
export function neverOverAdmits(ledger: Ledger, readings: Map<string, Readings>): Finding {
  const all = compared(ledger, readings).map(({ units, net, before, after }) => {
    const name = `${units.country} ${units.operation}`;
    if (net > 0 && before + net > after.cap) {
      return {
        problem: `${name}: ${before} used before and ${net} granted make more than the cap of ${after.cap}`,
      };
    }
    const over = after.used > after.cap && after.used > before;
    return { problem: over ? `${name}: ${after.used} used of a cap of ${after.cap}` : null };
  });
  return finding("never over-admits", all, `${all.length} caps, none passed`);
}

/** What was granted and not given back is what the counters moved by. With `shared`, others may have added to them. */
export function countsAddUp(ledger: Ledger, readings: Map<string, Readings>, shared: boolean): Finding {
  const all = compared(ledger, readings).map(({ units, net, before, after, doubt }) => {
    const name = `${units.country} ${units.operation}`;
    const moved = after.used - before;
    if (moved < net || (!shared && moved > net + doubt)) {
      const hint = moved > net ? " (if others use this workspace now, say --shared)" : "";
      return { problem: `${name}: ${net} granted and kept, but the counter moved by ${moved}${hint}` };
    }
    const spent = after.amount - after.amountBefore;
    const wrong =
      after.amountCapped && doubt === 0 && (spent < units.amount || (!shared && spent > units.amount));
    return { problem: wrong ? `${name}: ${units.amount} spent, but the counter moved by ${spent}` : null };
  });
  const net = compared(ledger, readings).reduce((sum, one) => sum + one.net, 0);
  return finding(
    "granted less released is what the counters say",
    all,
    `${net} units on ${all.length} counters`,
  );
}

function observed(promise: string, { seen, broken, examples }: Observations, what: string): Finding {
  if (seen === 0) return { promise, kept: null, evidence: [`no ${what}`] };
  if (broken === 0) return { promise, kept: true, evidence: [`${seen} ${what}`] };
  return { promise, kept: false, evidence: [`${broken} of ${seen} ${what}`, ...examples] };
}

/** What was seen while the traffic ran. */
export function seenOnTheWay(evidence: Evidence): Finding[] {
  return [
    observed("same key, same answer, byte for byte", evidence.retries, "keys asked more than once"),
    observed("a reservation is settled once", evidence.settlements, "settlements repeated"),
    observed("a pause is immediate", evidence.paused, "checks asked while paused"),
    observed("a full cap says when it opens: the next local midnight", evidence.refusals, "refusals"),
  ];
}

/** Each sampled receipt says what the answer said. */
export async function receiptsAgree(
  evidence: Evidence,
  gate: (country: string) => Gantry | undefined,
): Promise<Finding> {
  const all = await Promise.all(
    evidence.samples.map(async ({ answer, idempotencyKey }) => {
      const receipt = await gate(answer.country)?.receipt(answer.id);
      const expected = { ...answer, idempotency_key: idempotencyKey };
      const differs = Object.entries(expected).filter(
        ([name, value]) => JSON.stringify(Reflect.get(receipt ?? {}, name)) !== JSON.stringify(value),
      );
      const names = differs.map(([name]) => name);
      return { problem: names.length === 0 ? null : `receipt ${answer.id} differs in ${names.join(", ")}` };
    }),
  );
  return finding("a receipt says what the answer said", all, `${all.length} receipts read`);
}

/** Questions without an answer break no promise, but each leaves a doubt of one unit. */
export function answeredAll(ledger: Ledger): Finding {
  const { asked, unanswered } = ledger.total();
  const promise = "every question was answered";
  if (unanswered === 0) return { promise, kept: true, evidence: [`${asked} questions`] };
  return {
    promise,
    kept: null,
    evidence: [`${unanswered} of ${asked} never were: the gate could not be reached`],
  };
}
