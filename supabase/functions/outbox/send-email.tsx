import { render } from "@react-email/render";
import type { Delivery, Outcome, Refusal, SendDeps } from "./delivery.ts";
import type { Mail } from "./invitation-mail.tsx";
import { Facts, Layout, Paragraph } from "./mail-layout.tsx";
import { refusalsOf } from "./smtp.ts";
import { type Words, wordsOf } from "./words.ts";

/** A message as a mail: plain text, and HTML that loads nothing. */
async function messageMail(delivery: Delivery, words: Words): Promise<Mail> {
  const { title, lead, facts, link } = words;
  const lines = facts.map(([label, value]) => `${label}: ${value}`);
  const html = await render(
    <Layout title={title} preview={lead ?? lines.join(", ")} action={{ label: "Open in Gantry", href: link }}>
      {lead && <Paragraph>{lead}</Paragraph>}
      {facts.length > 0 && <Facts facts={facts} />}
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

/** Whether a refusal of one recipient ends the matter: 5xx, unless the server says that the conversation is wrong (503, 53x). */
const isFinal = ({ status }: Refusal) =>
  status !== null && status >= 500 && status !== 503 && (status < 530 || status > 539);

/** What became of a mail that some or all of its recipients were refused. */
function partlySent(recipients: readonly string[], refused: readonly Refusal[]): Outcome {
  const refusals = refused.map((refusal) => ({ ...refusal, final: isFinal(refusal) }));
  const reached = recipients.filter((one) => !refused.some(({ recipient }) => recipient === one));
  const waiting = refusals.find(({ final }) => !final);
  const said = refusals.map(({ recipient, response }) => `${recipient} (${response})`).join(", ");
  return {
    outcome: waiting !== undefined ? "failed" : reached.length > 0 ? "delivered" : "refused",
    status: (waiting ?? refusals[0])?.status ?? null,
    error: `Refused for ${refusals.length} of ${recipients.length} recipients: ${said}`,
    mail: {
      reached,
      refused: refusals.filter(({ final }) => final).map(({ recipient }) => recipient),
      refusals,
    },
  };
}

/**
 * Sends a mail to those of a channel's recipients who lack it. An address that the mail server refuses for good (5xx) is not tried again, one that
 * it refuses for now is, and whoever was reached is not.
 */
export async function sendEmail(delivery: Delivery, deps: SendDeps): Promise<Outcome> {
  const recipients = delivery.recipients ?? [];
  if (recipients.length === 0) return { outcome: "delivered" };
  const mail = await messageMail(delivery, wordsOf(delivery, deps.siteUrl));
  try {
    const refused = await deps.send(mail, `${delivery.message_id}.${delivery.channel_id}`);
    if (refused.length > 0) return partlySent(recipients, refused);
    return { outcome: "delivered", status: 250, mail: { reached: recipients, refused: [], refusals: [] } };
  } catch (error) {
    const refused = refusalsOf(error, recipients);
    if (refused.length > 0) return partlySent(recipients, refused);
    const status = responseCode(error);
    const isOver = status !== null && status >= 550 && status < 560;
    return {
      outcome: isOver ? "refused" : "failed",
      status,
      error: error instanceof Error ? error.message : String(error),
    };
  }
}
