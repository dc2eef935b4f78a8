import { Webhook } from "standardwebhooks";
import type { Delivery, Outcome, SendDeps } from "./delivery.ts";
import { post, secretOf } from "./send-http.ts";

/** The body of a webhook. It is the same each time a message is tried. */
function webhookBody({ type, at, data }: Delivery): string {
  return JSON.stringify({ type, timestamp: at.toISOString(), data });
}

/**
 * The headers of Standard Webhooks: the message's id, the time of this attempt, and a signature by each secret in force, so that a receiver
 * may change over at any moment of a rotation.
 */
function webhookHeaders(delivery: Delivery, body: string, now: Date): Record<string, string> {
  const id = `msg_${delivery.message_id}`;
  const secrets = [secretOf(delivery), ...(delivery.old_secret === null ? [] : [delivery.old_secret])];
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(" "),
  };
}

/** Sends to a customer's own receiver: 2xx is delivered, 410 says that the receiver is gone, everything else is tried again. */
export async function sendWebhook(delivery: Delivery, deps: SendDeps): Promise<Outcome> {
  const body = webhookBody(delivery);
  const headers = webhookHeaders(delivery, body, deps.date());
  return post(
    { url: delivery.url ?? "", body, headers },
    (status) => (status === 410 ? "gone" : "failed"),
    deps,
  );
}
