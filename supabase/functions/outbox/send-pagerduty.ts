import { createHash } from "node:crypto";
import type { Delivery, Outcome, SendDeps } from "./delivery.ts";
import { judgeClientError, post, secretOf } from "./send-http.ts";
import { textOf, wordsOf } from "./words.ts";

const LONGEST_KEY = 255;
const LONGEST_SUMMARY = 1024;

const ACTIONS: Record<string, string> = {
  "alert.acknowledged": "acknowledge",
  "alert.resolved": "resolve",
};

function dedupKey({ data, subject }: Delivery): string {
  const fingerprint = textOf(data, "fingerprint") ?? subject;
  return fingerprint.length <= LONGEST_KEY
    ? fingerprint
    : createHash("sha256").update(fingerprint).digest("hex");
}

/** A message as an event of PagerDuty's Events API v2. The alert's fingerprint ties its trigger, acknowledgement and end together. */
function pagerdutyBody(delivery: Delivery, siteUrl: string): string {
  const { title, link, severity } = wordsOf(delivery, siteUrl);
  const { data } = delivery;
  return JSON.stringify({
    routing_key: secretOf(delivery),
    event_action: ACTIONS[delivery.type] ?? "trigger",
    dedup_key: dedupKey(delivery),
    client: "Gantry",
    client_url: link,
    payload: {
      summary: title.slice(0, LONGEST_SUMMARY),
      source: `gantry/${delivery.slug}`,
      severity,
      timestamp: delivery.at.toISOString(),
      component: textOf(data, "country"),
      class: textOf(data, "kind"),
      custom_details: data.evidence ?? {},
    },
  });
}

/** Sends to PagerDuty: 429 and 5xx are tried again, 400 never. */
export async function sendPagerduty(delivery: Delivery, deps: SendDeps): Promise<Outcome> {
  return post(
    { url: deps.pagerdutyUrl, body: pagerdutyBody(delivery, deps.siteUrl) },
    judgeClientError,
    deps,
  );
}
