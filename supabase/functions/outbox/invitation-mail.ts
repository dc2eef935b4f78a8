import { hashToken, invitationLink, invitationToken } from "../../../lib/workspace/invitation-token.ts";

/** The payload of an `email.invitation` message. */
export interface InvitationPayload {
  invitation_id: string;
  email: string;
  role: string;
  workspace: string;
  invited_by: string | null;
}

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** One line: a name that somebody typed must not begin a new one. */
function oneLine(text: string): string {
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
export function invitationMail(payload: InvitationPayload, secret: string, siteUrl: string): Mail {
  const { email, role, workspace, invited_by: inviter } = payload;
  const link = invitationLink(siteUrl, invitationToken(secret, payload.invitation_id));
  const lead = `${inviter ?? "An owner"} invited you to the workspace ${workspace} in Gantry as ${role}.`;
  const terms = `The link works for 7 days, once, and only for ${email}.`;
  const text = `${lead}\n\nAccept the invitation:\n${link}\n\n${terms}\nIf you didn't expect it, ignore this message.\n`;
  return {
    to: email,
    subject: `Join ${workspace} in Gantry`,
    text,
    html: page({ lead, link, terms, workspace }),
  };
}

function page(words: { lead: string; link: string; terms: string; workspace: string }): string {
  const { lead, link, terms, workspace } = words;
  const font = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <meta name="color-scheme" content="light dark">
    <title>Join ${escapeHtml(workspace)}</title>
  </head>
  <body style="margin:0;padding:32px 16px;background:#f1f3f6;color:#191e27;${font}">
    <div style="max-width:480px;margin:0 auto;padding:32px;background:#ffffff;border:1px solid #dfe3e9;border-radius:14px">
      <p style="margin:0 0 24px;font-size:15px;font-weight:700;color:#0b6e69">Gantry</p>
      <h1 style="margin:0 0 12px;font-size:21px;line-height:1.3;color:#191e27">Join ${escapeHtml(workspace)}</h1>
      <p style="margin:0 0 24px;font-size:15px;line-height:1.55;color:#3a4250">${escapeHtml(lead)}</p>
      <p style="margin:0 0 24px">
        <a href="${escapeHtml(link)}" style="display:inline-block;padding:12px 22px;background:#0b6e69;color:#ffffff;font-size:15px;font-weight:600;text-decoration:none;border-radius:8px">Accept the invitation</a>
      </p>
      <p style="margin:0 0 8px;font-size:13px;line-height:1.5;color:#5b6472">Or open this address:<br><span style="word-break:break-all">${escapeHtml(link)}</span></p>
      <p style="margin:0;font-size:13px;line-height:1.5;color:#5b6472">${escapeHtml(terms)} If you didn't expect it, ignore this message.</p>
    </div>
  </body>
</html>
`;
}
