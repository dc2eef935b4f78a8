import { domainToASCII } from "node:url";
import nodemailer from "nodemailer";
import type { Refusal } from "./delivery.ts";
import type { Mail } from "./invitation-mail.tsx";

const WORDS = 200;

const listHeaders = (url: string) => ({
  "List-Unsubscribe": `<${url}>`,
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
});

/** A sender over SMTP. Gives up on a server that doesn't answer within 10 s. Resolves with who was refused while others were taken. */
export function smtpSender(url: string, from: string): (mail: Mail, id: string) => Promise<Refusal[]> {
  const timeouts = { connectionTimeout: 5000, greetingTimeout: 5000, socketTimeout: 10_000 };
  const transport = nodemailer.createTransport({ url, ...timeouts }, { from });
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? "gantry.local";
  return async ({ thread, unsubscribe, ...mail }, id) => {
    const sent: unknown = await transport.sendMail({
      ...mail,
      messageId: `<${id}@${domain}>`,
      ...(thread === undefined ? {} : { references: `<${thread}@${domain}>` }),
      headers: { "Auto-Submitted": "auto-generated", ...(unsubscribe && listHeaders(unsubscribe)) },
    });
    return refusalsOf(sent, [mail.to].flat());
  };
}

/** The recipients that the mail server refused: of its answer to a mail, or of the error when it refused all. Named as they were given. */
export function refusalsOf(answer: unknown, recipients: readonly string[]): Refusal[] {
  const errors = field(answer, "rejectedErrors");
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: unknown) => {
    const address = plain(String(field(error, "recipient")));
    const recipient = recipients.find((one) => plain(one) === address);
    if (recipient === undefined) return [];
    const status = field(error, "responseCode");
    const words = field(error, "response") ?? field(error, "message");
    return [
      {
        recipient,
        status: typeof status === "number" ? status : null,
        response: String(words).slice(0, WORDS),
      },
    ];
  });
}

function field(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined;
}

/** An address as it is compared: mailers write its domain their own way. */
function plain(address: string): string {
  const at = address.lastIndexOf("@");
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`.toLowerCase();
}
