import nodemailer from "nodemailer";
import type { Mail } from "./invitation-mail.tsx";

const listHeaders = (url: string) => ({
  "List-Unsubscribe": `<${url}>`,
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
});

/** A sender over SMTP. Gives up on a server that doesn't answer within 10 s. */
export function smtpSender(url: string, from: string): (mail: Mail, id: string) => Promise<void> {
  const timeouts = { connectionTimeout: 5000, greetingTimeout: 5000, socketTimeout: 10_000 };
  const transport = nodemailer.createTransport({ url, ...timeouts }, { from });
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? "gantry.local";
  return async ({ thread, unsubscribe, ...mail }, id) => {
    await transport.sendMail({
      ...mail,
      messageId: `<${id}@${domain}>`,
      ...(thread === undefined ? {} : { references: `<${thread}@${domain}>` }),
      headers: { "Auto-Submitted": "auto-generated", ...(unsubscribe && listHeaders(unsubscribe)) },
    });
  };
}
