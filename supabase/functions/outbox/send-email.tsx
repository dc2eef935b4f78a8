import { render } from "@react-email/render";
import type { Delivery, Outcome, SendDeps } from "./delivery.ts";
import type { Mail } from "./invitation-mail.tsx";
import { Layout, Paragraph } from "./mail-layout.tsx";
import { type Words, wordsOf } from "./words.ts";

/** A message as a mail: plain text, and HTML that loads nothing. */
async function messageMail(delivery: Delivery, words: Words): Promise<Mail> {
  const { title, lead, facts, link } = words;
  const lines = facts.map(([label, value]) => `${label}: ${value}`);
  const html = await render(
    <Layout title={title} preview={lead ?? lines.join(", ")} action={{ label: "Open in Gantry", href: link }}>
      {lead && <Paragraph>{lead}</Paragraph>}
      {facts.length > 0 && (
        <Paragraph>
          {facts.map(([label, value]) => (
            <span key={label} style={{ display: "block" }}>
              {label}: <strong>{value}</strong>
            </span>
          ))}
        </Paragraph>
      )}
    </Layout>,
  );
  const text = [title, lead, lines.join("\n"), link].filter(Boolean).join("\n\n");
  return {
    to: delivery.recipients ?? [],
    subject: `[${delivery.workspace}] ${title}`.replace(/\s+/g, " "),
    text: `${text}\n`,
    html,
    thread: delivery.subject.replace(/[^A-Za-z0-9.-]/g, "-"),
  };
}

function responseCode(error: unknown): number | null {
  const code: unknown =
    typeof error === "object" && error !== null ? Reflect.get(error, "responseCode") : null;
  return typeof code === "number" ? code : null;
}

/** Sends a mail to all of a channel's recipients. An address that the mail server refuses for good (5xx) is not tried again. */
export async function sendEmail(delivery: Delivery, deps: SendDeps): Promise<Outcome> {
  const mail = await messageMail(delivery, wordsOf(delivery, deps.siteUrl));
  try {
    await deps.send(mail, `${delivery.message_id}.${delivery.channel_id}`);
    return { outcome: "delivered", status: 250 };
  } catch (error) {
    const status = responseCode(error);
    const isFinal = status !== null && status >= 550 && status < 560;
    return {
      outcome: isFinal ? "refused" : "failed",
      status,
      error: error instanceof Error ? error.message : String(error),
    };
  }
}
