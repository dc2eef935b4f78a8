import { AsyncLocalStorage } from "node:async_hooks";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EmailDriver } from "@supabase/lite";
import { createTransport } from "nodemailer";
import { plainText } from "./mime.ts";

export interface AuthMails {
  /** Sends what the auth server has rendered. */
  driver: EmailDriver;
  /** Sends the link that confirms an address once more. */
  sendConfirmation(email: string, tokenHash: string): Promise<void>;
  /** Runs `work` with the address its mail's link should lead to in the end; only one of the site's own counts. */
  returningTo<T>(redirect: string | null, work: () => Promise<T>): Promise<T>;
}

const SENDER = "Gantry <no-reply@gantry.local>";
const FOLDER = join(import.meta.dirname, "..", "supabase", "templates");
const SUBJECTS = {
  confirmation: "Confirm your e-mail address",
  recovery: "Set a new password",
  magic_link: "Sign in to Gantry",
  email_change: "Confirm your new e-mail address",
  invite: "You have been invited to Gantry",
} as const;

/** A template of supabase/templates, in the auth server's terms. */
export function template(name: keyof typeof SUBJECTS): { subject: string; content_path: string } {
  return { subject: SUBJECTS[name], content_path: join(FOLDER, `${name}.html`) };
}

/**
 * Sends the templates' HTML with a text made from it: the library's own text links to an address nobody serves.
 * The library fills in the site's address for .RedirectTo whatever was asked, so the page asked for is put in here.
 */
export function createAuthMails(smtpPort: number, siteUrl: string): AuthMails {
  const transport = createTransport({ host: "127.0.0.1", port: smtpPort, secure: false, ignoreTLS: true });
  const wanted = new AsyncLocalStorage<string | null>();

  async function send(to: string, subject: string, html: string): Promise<void> {
    const asked = wanted.getStore();
    const redirect = asked?.startsWith(`${siteUrl}/`) ? asked : siteUrl;
    const filled = html.replaceAll(`next=${siteUrl}"`, `next=${encodeURIComponent(redirect)}"`);
    await transport.sendMail({ from: SENDER, to, subject, html: filled, text: plainText(filled) });
  }

  return {
    driver: { send: ({ to, subject, html = "" }) => send(to, subject, html) },
    async sendConfirmation(email, tokenHash) {
      const { subject, content_path } = template("confirmation");
      const values: Record<string, string> = {
        SiteURL: siteUrl,
        TokenHash: tokenHash,
        RedirectTo: siteUrl,
        Email: email,
      };
      const html = readFileSync(content_path, "utf8");
      await send(
        email,
        subject,
        html.replaceAll(/\{\{ \.(\w+) \}\}/g, (_, name: string) => values[name] ?? ""),
      );
    },
    returningTo: (redirect, work) => wanted.run(redirect, work),
  };
}
