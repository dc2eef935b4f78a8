import type { Delivery, Outcome, SendDeps } from "./delivery.ts";
import { judgeClientError, post, secretOf } from "./send-http.ts";
import { type Words, wordsOf } from "./words.ts";

const LONGEST_HEADER = 150;
const FIELDS_IN_A_SECTION = 10;

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** Slack's own markup begins with these three characters. */
function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Facts as sections: Slack takes ten fields in each. */
function sections(facts: Words["facts"]) {
  const fields = facts.map(([label, value]) => ({
    type: "mrkdwn",
    text: cut(`*${escapeMarkup(label)}*\n${escapeMarkup(value)}`, 2000),
  }));
  const count = Math.ceil(fields.length / FIELDS_IN_A_SECTION);
  return Array.from({ length: count }, (_, n) => ({
    type: "section",
    fields: fields.slice(n * FIELDS_IN_A_SECTION, (n + 1) * FIELDS_IN_A_SECTION),
  }));
}

/** A message as Slack's blocks, with a plain line for notifications. */
function slackBody({ title, lead, facts, link }: Words): string {
  const plain = (text: string, length: number) => ({
    type: "plain_text",
    text: cut(text, length),
    emoji: false,
  });
  return JSON.stringify({
    text: cut(escapeMarkup(title), 3000),
    blocks: [
      { type: "header", text: plain(title, LONGEST_HEADER) },
      ...(lead === null ? [] : [{ type: "section", text: plain(lead, 3000) }]),
      ...sections(facts),
      { type: "actions", elements: [{ type: "button", text: plain("Open in Gantry", 75), url: link }] },
    ],
  });
}

/** Sends to a Slack incoming webhook. An address that Slack no longer knows answers 403, 404 or 410: nothing more can be delivered there. */
export async function sendSlack(delivery: Delivery, deps: SendDeps): Promise<Outcome> {
  return post(
    { url: secretOf(delivery), body: slackBody(wordsOf(delivery, deps.siteUrl)) },
    judgeClientError,
    deps,
  );
}
