import { render } from "@react-email/render";
import { linkToken, oneClickLink, sharedLink } from "../../../lib/reports/link-token.ts";
import { type Mail, oneLine } from "./invitation-mail.tsx";
import { Layout, Paragraph } from "./mail-layout.tsx";
import type { MailDeps } from "./mails.ts";

type Payload = Record<string, unknown>;

const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

function part(payload: Payload, name: string): string {
  const value = payload[name];
  if (typeof value !== "string" || value === "") throw new Error(`the payload has no ${name}`);
  return oneLine(value);
}

/** Asks an address outside the workspace whether it wants its reports. Null when it has answered, or the question is too old. */
export async function addressMail(
  payload: Payload,
  { sql, secret, siteUrl }: MailDeps,
): Promise<Mail | null> {
  const id = part(payload, "address_id");
  const [found] = await sql<{ state: string }[]>`select state from launch.peek_report_address(${id})`;
  if (found?.state !== "open") return null;
  const workspace = part(payload, "workspace");
  const email = part(payload, "email");
  const asker = typeof payload.asked_by === "string" ? oneLine(payload.asked_by) : "An owner";
  const link = sharedLink(siteUrl, linkToken(secret, "address", id));
  const title = `Reports of ${workspace}`;
  const lead = `${asker} wants to send the monthly reports of ${workspace} to this address. Confirm that it is yours and that you want them.`;
  const terms = `The link works for 7 days, and only for ${email}. Nothing is sent before you confirm. If you didn't expect it, ignore this message.`;
  const html = await render(
    <Layout title={title} preview={lead} action={{ label: "Confirm this address", href: link }} small={terms}>
      <Paragraph>{lead}</Paragraph>
    </Layout>,
  );
  const text = `${lead}\n\nConfirm this address:\n${link}\n\n${terms}\n`;
  return { to: email, subject: `Confirm your address for the reports of ${workspace}`, text, html };
}

function proofOf(payload: Payload): string {
  const entries = typeof payload.entries === "number" ? payload.entries.toLocaleString("en") : "0";
  return payload.verified === true
    ? `The audit trail was verified: all ${entries} entries hold.`
    : "The audit trail did not hold when this report was made. The report says where.";
}

/** Tells a recipient that a report is there, without a figure of it. Null when they may not have it any more. */
export async function letterMail(payload: Payload, { sql, secret, siteUrl }: MailDeps): Promise<Mail | null> {
  const id = part(payload, "letter_id");
  const [found] = await sql<{ open: boolean }[]>`select launch.may_send_report_letter(${id}) as open`;
  if (found?.open !== true) return null;
  const workspace = part(payload, "workspace");
  const month = MONTH.format(new Date(part(payload, "month")));
  const isMember = payload.kind === "member";
  const link = isMember
    ? new URL(`/${part(payload, "slug")}/reports#${part(payload, "report_id")}`, siteUrl).href
    : sharedLink(siteUrl, linkToken(secret, "letter", id));
  const title = `Launch report, ${month}`;
  const lead = `The report of ${workspace} for ${month} is ready: KPIs by country, phase history, incidents, campaign returns and the audit digest, as a PDF and CSV files.`;
  const proof = proofOf(payload);
  const terms = isMember
    ? "Sign in to open it. Each download is written to the audit trail."
    : "The link is yours alone and works for 30 days: don't pass it on. Each download is written to the audit trail.";
  const way = isMember ? null : linkToken(secret, "departure", id);
  const stop = way === null ? undefined : sharedLink(siteUrl, way);
  const isTest = payload.test === true;
  const html = await render(
    <Layout
      title={title}
      preview={lead}
      action={{ label: "Open the report", href: link }}
      small={terms}
      {...(stop !== undefined && { stop })}
    >
      {isTest && <Paragraph>This is a test of the schedule. It went to you alone.</Paragraph>}
      <Paragraph>{lead}</Paragraph>
      <Paragraph>{proof}</Paragraph>
    </Layout>,
  );
  const test = isTest ? "This is a test of the schedule. It went to you alone.\n\n" : "";
  const end = stop === undefined ? "" : `\nStop these mails:\n${stop}\n`;
  const text = `${test}${lead}\n\n${proof}\n\nOpen the report:\n${link}\n\n${terms}\n${end}`;
  return {
    to: part(payload, "email"),
    subject: `[${workspace}] ${title}`,
    text,
    html,
    ...(way !== null && { unsubscribe: oneClickLink(siteUrl, way) }),
  };
}
