import { Buffer } from "node:buffer";
import type postgres from "postgres";
import type { Refusal } from "./delivery.ts";
import { invitationMail, type Mail, readPayload, tokenHashOf } from "./invitation-mail.tsx";
import { addressMail, letterMail } from "./report-mails.tsx";

/** What mailing needs of the world. */
export interface MailDeps {
  /** A connection that may execute app.claim_outbox, app.settle_outbox and what each mail looks up before it leaves. */
  sql: postgres.Sql;
  /** Hands a mail to the mail server; rejects when it wasn't taken. `id` is the same each time a message is tried. */
  send(mail: Mail, id: string): Promise<Refusal[]>;
  /** Milliseconds, for how long a claim still holds. */
  now(): number;
  /** GANTRY_SECRET: makes the links. */
  secret: string;
  siteUrl: string;
}

interface Message {
  id: string;
  workspace_id: string;
  topic: string;
  payload: Record<string, unknown>;
}

/** What became of a message: skipped when it has become pointless, unsent when its claim was nearly over. */
export type Fate = "delivered" | "skipped" | "failed" | "unsent";

const BATCH = 20;
// A claim lasts 60 s and one send at most 10 s: later than this, another deliverer could send the same message.
const SENDING_MS = 45_000;

/** Mails one batch of what is due in app.outbox, one after another. Calls `tell` for each message. Resolves with whether more may be due. */
export async function mailBatch(
  deps: MailDeps,
  tell: (workspaceId: string, fate: Fate) => void,
): Promise<boolean> {
  const claimedAt = deps.now();
  const messages = await deps.sql<
    Message[]
  >`select id, workspace_id, topic, payload from app.claim_outbox(${BATCH})`;
  for (const message of messages) {
    const isLate = deps.now() - claimedAt > SENDING_MS;
    tell(message.workspace_id, isLate ? "unsent" : await deliver(message, deps));
  }
  return messages.length === BATCH;
}

async function deliver(message: Message, deps: MailDeps): Promise<Fate> {
  try {
    const mail = await render(message, deps);
    if (mail !== null) await deps.send(mail, message.id);
    await deps.sql`select app.settle_outbox(${message.id})`;
    return mail === null ? "skipped" : "delivered";
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await deps.sql`select app.settle_outbox(${message.id}, ${reason})`;
    return "failed";
  }
}

/** Makes the mail of a message; null when it has become pointless. */
type Compose = (payload: Record<string, unknown>, deps: MailDeps) => Promise<Mail | null>;

const MAILS: Record<string, Compose> = {
  "email.invitation": invitation,
  "email.report_address": addressMail,
  "email.report": letterMail,
};

async function render({ topic, payload }: Message, deps: MailDeps): Promise<Mail | null> {
  const compose = MAILS[topic];
  if (compose === undefined) throw new Error(`nothing here delivers ${topic}`);
  return compose(payload, deps);
}

/** Null when the invitation isn't open any more. */
async function invitation(fields: Record<string, unknown>, deps: MailDeps): Promise<Mail | null> {
  const payload = readPayload(fields);
  const hash = Buffer.from(tokenHashOf(payload, deps.secret));
  const [glance] = await deps.sql<{ state: string }[]>`select state from app.peek_invitation(${hash})`;
  return glance?.state === "open" ? invitationMail(payload, deps.secret, deps.siteUrl) : null;
}
