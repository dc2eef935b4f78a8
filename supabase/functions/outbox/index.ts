import { Buffer } from "node:buffer";
import nodemailer from "nodemailer";
import type postgres from "postgres";
import { isStarter, notStarter } from "../_shared/job.ts";
import { jobDeps, setting } from "../_shared/settings.ts";
import { invitationMail, type Mail, readPayload, tokenHashOf } from "./invitation-mail.ts";

/** What the function needs of the world. */
export interface Deps {
  /** A connection that may execute app.claim_outbox, app.settle_outbox and app.peek_invitation. */
  sql: postgres.Sql;
  /** Hands a mail to the mail server; rejects when it wasn't taken. `id` is the same each time a message is tried. */
  send(mail: Mail, id: string): Promise<void>;
  /** Milliseconds, for how long a claim still holds. */
  now(): number;
  /** What the caller must show. */
  jobSecret: string;
  /** GANTRY_SECRET: makes the links. */
  secret: string;
  siteUrl: string;
}

interface Message {
  id: string;
  topic: string;
  payload: Record<string, unknown>;
}

/** How many messages were claimed and what became of them; `unsent` were left for when their claim ends. */
export interface Report {
  claimed: number;
  delivered: number;
  skipped: number;
  failed: number;
  unsent: number;
}

const BATCH = 20;
// A claim lasts 60 s and one send at most 10 s: later than this, another deliverer could send the same message.
const SENDING_MS = 45_000;

/**
 * Delivers what is due in the outbox, at least once: a message is claimed, handed over, and only then settled, so that a crash in between
 * delivers it again when its claim has ended. 401 without the job's own secret.
 */
export async function handle(request: Request, deps: Deps): Promise<Response> {
  if (!isStarter(request, deps.jobSecret)) return notStarter();
  const total: Report = { claimed: 0, delivered: 0, skipped: 0, failed: 0, unsent: 0 };
  const startedAt = deps.now();
  for (;;) {
    const claimedAt = deps.now();
    const messages = await deps.sql<Message[]>`select id, topic, payload from app.claim_outbox(${BATCH})`;
    total.claimed += messages.length;
    for (const message of messages) {
      const late = deps.now() - claimedAt > SENDING_MS;
      total[late ? "unsent" : await deliver(message, deps)] += 1;
    }
    if (messages.length < BATCH || deps.now() - startedAt > SENDING_MS) return Response.json(total);
  }
}

async function deliver(message: Message, deps: Deps): Promise<"delivered" | "skipped" | "failed"> {
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

/** The mail of a message; null when it has become pointless, because the invitation isn't open any more. */
async function render(message: Message, deps: Deps): Promise<Mail | null> {
  if (message.topic !== "email.invitation") throw new Error(`nothing here delivers ${message.topic}`);
  const payload = readPayload(message.payload);
  const hash = Buffer.from(tokenHashOf(payload, deps.secret));
  const [glance] = await deps.sql<{ state: string }[]>`select state from app.peek_invitation(${hash})`;
  return glance?.state === "open" ? invitationMail(payload, deps.secret, deps.siteUrl) : null;
}

/** A sender over SMTP. Gives up on a server that doesn't answer within 10 s. */
export function smtpSender(url: string, from: string): Deps["send"] {
  const timeouts = { connectionTimeout: 5000, greetingTimeout: 5000, socketTimeout: 10_000 };
  const transport = nodemailer.createTransport({ url, ...timeouts }, { from });
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? "gantry.local";
  return async (mail, id) => {
    await transport.sendMail({
      ...mail,
      messageId: `<${id}@${domain}>`,
      headers: { "Auto-Submitted": "auto-generated" },
    });
  };
}

declare const Deno: {
  serve(handler: (request: Request) => Promise<Response>): unknown;
};

if (import.meta.main) {
  const deps: Deps = {
    ...jobDeps("outbox"),
    send: smtpSender(setting("SMTP_URL"), setting("MAIL_FROM")),
    secret: setting("GANTRY_SECRET"),
    siteUrl: setting("GANTRY_SITE_URL"),
  };
  Deno.serve((request) => handle(request, deps));
}
