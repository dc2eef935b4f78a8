import { render } from "@react-email/render";
import { hashToken, invitationLink, invitationToken } from "../../../lib/workspace/invitation-token.ts";
import { Layout, Paragraph } from "./mail-layout.tsx";

/** The payload of an `email.invitation` message. */
export interface InvitationPayload {
  invitation_id: string;
  email: string;
  role: string;
  workspace: string;
  invited_by: string | null;
}

/** What a mail server is handed. */
export interface Mail {
  to: string | string[];
  subject: string;
  text: string;
  html: string;
  /** Names what the mail is about, so that mail programs show mails about one thing together. */
  thread?: string;
  /** Where a mail program tells that its reader wants no more of these, by a POST (RFC 8058). */
  unsubscribe?: string;
}

/** One line: a name that somebody typed must not begin a new one. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Reads a payload. Throws when a part is missing. */
export function readPayload(payload: Record<string, unknown>): InvitationPayload {
  const part = (name: string) => {
    const value = payload[name];
    if (typeof value !== "string" || value === "") throw new Error(`the payload has no ${name}`);
    return oneLine(value);
  };
  return {
    invitation_id: part("invitation_id"),
    email: part("email"),
    role: part("role"),
    workspace: part("workspace"),
    invited_by: typeof payload.invited_by === "string" ? oneLine(payload.invited_by) : null,
  };
}

/** What the database knows the invitation's link by. */
export function tokenHashOf(payload: InvitationPayload, secret: string): Uint8Array {
  return hashToken(invitationToken(secret, payload.invitation_id));
}

/** The invitation as a mail: plain text, and HTML that loads nothing. The link is made here and stands nowhere else. */
export async function invitationMail(
  payload: InvitationPayload,
  secret: string,
  siteUrl: string,
): Promise<Mail> {
  const { email, role, workspace, invited_by: inviter } = payload;
  const link = invitationLink(siteUrl, invitationToken(secret, payload.invitation_id));
  const title = `Join ${workspace} in Gantry`;
  const lead = `${inviter ?? "An owner"} invited you to the workspace ${workspace} in Gantry as ${role}.`;
  const terms = `The link works for 7 days, once, and only for ${email}.`;
  const otherwise = "If you didn't expect it, ignore this message.";
  const html = await render(
    <Layout
      title={`Join ${workspace}`}
      preview={lead}
      action={{ label: "Accept the invitation", href: link }}
      small={`${terms} ${otherwise}`}
    >
      <Paragraph>{lead}</Paragraph>
    </Layout>,
  );
  const text = `${lead}\n\nAccept the invitation:\n${link}\n\n${terms}\n${otherwise}\n`;
  return { to: email, subject: title, text, html };
}
