import { setTimeout as sleep } from "node:timers/promises";
import type { Decision, Gantry, Question } from "#lib/client/index.ts";
import { GantryError } from "#lib/client/request.ts";
import type { CapAnswer, Settlement } from "#lib/launch/schema.ts";
import type { TrackedCampaign } from "./campaign.ts";
import type { Evidence } from "./evidence.ts";
import type { Lanes } from "./lanes.ts";
import type { Ledger } from "./ledger.ts";
import { nextMidnight } from "./local-midnight.ts";
import type { PauseWindow } from "./pause-window.ts";
import type { Visit } from "./plan.ts";
import type { Wire } from "./wire.ts";

// Longer than any sign-up takes at the slowest speed.
const HOLD_SECONDS = 1800;

/** One country's product: its connection to the gate and the zone its days follow. */
export interface Product {
  gate: Gantry;
  wire: Wire;
  timeZone: string;
}

export interface Surroundings {
  products: Map<string, Product>;
  ledger: Ledger;
  evidence: Evidence;
  lanes: Lanes;
  pause: PauseWindow;
  /** Whose link tracked visits follow before they ask. */
  campaign: TrackedCampaign | null;
  /** Makes this run's keys its own: the same seed may be played again. */
  runId: string;
  speed: number;
  /** When it aborts, what is under way is brought to its end at once. */
  signal: AbortSignal;
}

/** Plays one visit: asks, asks again where the plan says so, and commits or releases a sign-up. */
export async function playVisit(around: Surroundings, visit: Visit, name: number | string): Promise<void> {
  const product = around.products.get(visit.country);
  if (product === undefined) return;
  const key = `${around.runId}-${name}`;
  const campaign = visit.tracked ? around.campaign : null;
  if (campaign !== null) await around.lanes.run(() => campaign.arrive(key));
  const decision = await around.lanes.run(() => {
    around.ledger.tally(visit.country).asked += 1;
    return around.pause.watch(visit.country, () => ask(product, visit, key));
  });
  compareAnswers(around, product, visit, key);
  if (decision.source !== "gantry") {
    around.ledger.unanswered(visit.country, visit.operation);
    return;
  }
  noteAnswer(around, product, decision.answer, { key, amount: visit.amount?.minor ?? 0 });
  if (decision.answer.reservation === undefined) return;
  if (await finish(around, product, visit, decision.answer)) campaign?.signedUp(key);
}

function questionOf({ country, operation, amount }: Visit, key: string): Question {
  return {
    country,
    operation,
    subject: key,
    ...(amount === undefined ? {} : { amount }),
    ...(operation === "user" ? { hold_seconds: HOLD_SECONDS } : {}),
  };
}

async function ask({ gate, wire }: Product, visit: Visit, key: string): Promise<Decision> {
  const question = questionOf(visit, key);
  switch (visit.asking) {
    case "once":
      return gate.check(question, key);
    case "after_loss":
      wire.lose(key);
      return gate.check(question, key);
    case "again":
      return answeredOf([await gate.check(question, key), await gate.check(question, key)]);
    case "twice_at_once":
      return answeredOf(await Promise.all([gate.check(question, key), gate.check(question, key)]));
  }
}

function answeredOf(decisions: [Decision, Decision]): Decision {
  return decisions.find(({ source }) => source === "gantry") ?? decisions[0];
}

function compareAnswers(
  { ledger, evidence }: Surroundings,
  { wire }: Product,
  visit: Visit,
  key: string,
): void {
  const answers = wire.take(key);
  if (visit.asking !== "once") ledger.tally(visit.country).retried += 1;
  if (answers.length < 2) return;
  const same = answers.every((answer) => answer === answers[0]);
  evidence.retries.note(same ? null : `${key} was answered ${[...new Set(answers)].join(" and then ")}`);
}

function noteAnswer(
  { ledger, evidence }: Surroundings,
  { timeZone }: Product,
  answer: CapAnswer,
  asked: { key: string; amount: number },
): void {
  ledger.decided(answer, asked.amount);
  evidence.sample({ answer, idempotencyKey: asked.key });
  if (answer.reason !== "cap_reached" && answer.reason !== "amount_cap_reached") return;
  const midnight = new Date(nextMidnight(timeZone, answer.decided_at)).toISOString();
  const right = answer.retry_after === midnight;
  evidence.refusals.note(
    right
      ? null
      : `${answer.country} said to ask again at ${answer.retry_after}, its midnight is ${midnight}`,
  );
}

/** The sign-up's end, after its time: broken off, its place is given back; otherwise it is kept. Returns whether it surely was. */
async function finish(
  around: Surroundings,
  product: Product,
  visit: Visit,
  answer: CapAnswer,
): Promise<boolean> {
  const { ledger, lanes, evidence, signal, speed } = around;
  await sleep((visit.takes * 1000) / speed, undefined, { signal }).catch(() => undefined);
  const settle = visit.fails ? product.gate.release : product.gate.commit;
  try {
    const first = await lanes.run(() => settle(answer.id));
    if (visit.asking !== "once") {
      const second = await lanes.run(() => settle(answer.id));
      evidence.settlements.note(differenceOf(first, second));
    }
    if (visit.fails) ledger.returned(answer);
    else ledger.tally(answer.country).committed += 1;
    return !visit.fails;
  } catch (error) {
    if (!(error instanceof GantryError)) throw error;
    if (error.code !== "unavailable") {
      evidence.settlements.note(`${answer.id} could not be settled: ${error.message}`);
      return false;
    }
    // Settled or not, who knows: counted as returned, with one unit of doubt.
    if (visit.fails) ledger.returned(answer);
    ledger.unanswered(answer.country, answer.operation);
    return false;
  }
}

function differenceOf(first: Settlement, second: Settlement): string | null {
  const [one, two] = [JSON.stringify(first), JSON.stringify(second)];
  return one === two ? null : `settled twice: ${one} and then ${two}`;
}
