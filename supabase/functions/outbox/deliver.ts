import type postgres from "postgres";
import type { Delivery, Outcome, SendDeps } from "./delivery.ts";
import { sendEmail } from "./send-email.tsx";
import { sendPagerduty } from "./send-pagerduty.ts";
import { sendSlack } from "./send-slack.ts";
import { sendWebhook } from "./send-webhook.ts";

/** What delivering needs besides sending. */
export interface DeliverDeps extends SendDeps {
  /** A connection that may execute app.claim_deliveries and app.settle_deliveries. */
  sql: postgres.Sql;
  /** Milliseconds, for how long things took. */
  now(): number;
}

interface Settled {
  delivery: Delivery;
  outcome: Outcome;
  tookMs: number;
}

const BATCH = 500;
const AT_ONCE = 24;
// A claim lasts 60 s and one send at most 15 s: begun later than this, another deliverer could send the same message.
const SENDING_MS = 40_000;
/** After so many failures and no success in a batch, a channel is left alone for a while. */
const MISSES = 3;
const REST_S = 30;

const SENDERS: Record<string, (delivery: Delivery, deps: SendDeps) => Promise<Outcome>> = {
  slack: sendSlack,
  pagerduty: sendPagerduty,
  email: sendEmail,
  webhook: sendWebhook,
};

/**
 * Sends one batch of what is due to channels, and settles it in one statement. A crash in between delivers the batch again when its claim has
 * ended, under the same message ids. Calls `tell` for each delivery. Resolves with whether more may be due.
 */
export async function deliverBatch(
  deps: DeliverDeps,
  tell: (delivery: Delivery, outcome: Outcome) => void,
): Promise<boolean> {
  const claimed = await deps.sql<Delivery[]>`select * from app.claim_deliveries(${BATCH})`;
  if (claimed.length === 0) return false;
  const settled = await sendAll(takingTurns(claimed), deps);
  await settle(settled, deps.sql);
  for (const { delivery, outcome } of settled) tell(delivery, outcome);
  return true;
}

/** The same deliveries, one of each channel after another, so that no channel waits behind all of another's. */
function takingTurns(claimed: Delivery[]): Delivery[] {
  const turns = new Map<string, number>();
  const placed = claimed.map((delivery) => {
    const turn = turns.get(delivery.channel_id) ?? 0;
    turns.set(delivery.channel_id, turn + 1);
    return { delivery, turn };
  });
  return placed.toSorted((a, b) => a.turn - b.turn).map(({ delivery }) => delivery);
}

async function sendAll(deliveries: Delivery[], deps: DeliverDeps): Promise<Settled[]> {
  const misses = new Map<string, number>();
  const settled: Settled[] = [];
  const until = deps.now() + SENDING_MS;
  const queue = deliveries.values();
  const work = async () => {
    for (const delivery of queue) {
      const startedAt = deps.now();
      const missed = misses.get(delivery.channel_id) ?? 0;
      const outcome = await attempt(delivery, missed, startedAt > until, deps);
      if (outcome.outcome === "delivered") misses.set(delivery.channel_id, Number.NEGATIVE_INFINITY);
      else if (outcome.outcome === "failed" && !outcome.mail?.reached.length)
        misses.set(delivery.channel_id, (misses.get(delivery.channel_id) ?? 0) + 1);
      settled.push({ delivery, outcome, tookMs: Math.round(deps.now() - startedAt) });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return settled;
}

async function attempt(
  delivery: Delivery,
  missed: number,
  isLate: boolean,
  deps: SendDeps,
): Promise<Outcome> {
  if (isLate) return { outcome: "held" };
  if (missed >= MISSES) return { outcome: "held", retryAfter: REST_S };
  const send = SENDERS[delivery.kind];
  if (send === undefined) return { outcome: "refused", error: `Nothing here delivers to ${delivery.kind}.` };
  try {
    return await send(delivery, deps);
  } catch (error) {
    return { outcome: "refused", error: error instanceof Error ? error.message : String(error) };
  }
}

async function settle(settled: Settled[], sql: postgres.Sql): Promise<void> {
  const each = <T>(part: (one: Settled) => T): T[] => settled.map(part);
  await sql`select app.settle_deliveries(
    ${each(({ delivery }) => delivery.id)}::bigint[], ${each(({ delivery }) => delivery.attempt)}::int[],
    ${each(({ outcome }) => outcome.outcome)}::text[], ${each(({ outcome }) => outcome.status ?? null)}::int[],
    ${each(({ outcome }) => clean(outcome.error))}::text[], ${each(({ outcome }) => clean(outcome.response))}::text[],
    ${each(({ tookMs }) => tookMs)}::int[], ${each(({ outcome }) => outcome.retryAfter ?? null)}::int[],
    ${each(({ outcome: { mail } }) => (mail === undefined ? null : clean(JSON.stringify(mail))))}::text[]::jsonb[])`;
}

/** What the other side said, fit to be stored: Postgres keeps no NUL. */
function clean(text: string | null | undefined): string | null {
  return text?.replaceAll("\u0000", "") ?? null;
}
