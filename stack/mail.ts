import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { serveHttp } from "./http-server.ts";
import { bareHtml, inboxPage, messagePage } from "./inbox.ts";
import { address, parseMail, plainText } from "./mime.ts";
import type { Part } from "./part.ts";

/** A mail that was caught instead of delivered. */
export interface Message {
  id: string;
  /** ISO 8601, UTC. */
  received_at: string;
  from: string;
  /** Bare addresses, lower case: whom the envelope named. */
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** Every http(s) address in the mail, in order, without repeats. */
  links: string[];
}

export interface MailOptions {
  smtpPort: number;
  inboxPort: number;
  /** Where mails are kept between starts. */
  dir: string;
}

const KEPT = 200;
const LARGEST = 5 * 1024 * 1024;

/**
 * Catches every mail the stack sends: SMTP on one port, an inbox to read on another
 * (`/`, `/messages/<id>`, and as JSON `/api/messages?to=<address>`, newest first). Keeps the last 200.
 * An address that ends in .invalid has no mailbox: it is refused, so that this can be tried out too.
 */
export async function startMail({ smtpPort, inboxPort, dir }: MailOptions): Promise<Part> {
  const messages = load(dir);
  const smtp = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    size: LARGEST,
    logger: false,
    onRcptTo({ address }, _session, done) {
      const problem = new Error("There is no such mailbox");
      done(address.endsWith(".invalid") ? Object.assign(problem, { responseCode: 550 }) : null);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const recipients = session.envelope.rcptTo.map((to) => address(to.address));
        keep(dir, messages, read(Buffer.concat(chunks).toString("latin1"), recipients));
        done();
      });
    },
  });
  await new Promise<void>((resolve, reject) => {
    smtp.once("error", reject);
    smtp.listen(smtpPort, "127.0.0.1", () => {
      smtp.off("error", reject);
      // A client that hangs up in the middle of a mail.
      smtp.on("error", () => undefined);
      resolve();
    });
  });
  const inbox = await serveHttp(inboxPort, (request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const { status, type, body } = answer(url, messages);
    response.writeHead(status, {
      "content-type": `${type}; charset=utf-8`,
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'",
      "cache-control": "no-store",
    });
    response.end(body);
  });
  return {
    async stop() {
      await inbox.stop();
      await new Promise<void>((resolve) => smtp.close(() => resolve()));
    },
  };
}

function read(raw: string, recipients: string[]): Message {
  const { from, to, subject, text, html } = parseMail(raw);
  const found = `${plainText(html)}\n${text}`.match(/https?:\/\/[^\s"'<>)\]]+/g) ?? [];
  return {
    id: randomUUID(),
    received_at: new Date().toISOString(),
    from,
    to: recipients.length ? recipients : to,
    subject,
    text,
    html,
    links: [...new Set(found)],
  };
}

function keep(dir: string, messages: Message[], message: Message): void {
  messages.unshift(message);
  const draft = join(dir, `${message.id}.part`);
  writeFileSync(draft, JSON.stringify(message, null, 2), { mode: 0o600 });
  renameSync(draft, fileOf(dir, message));
  for (const old of messages.splice(KEPT)) rmSync(fileOf(dir, old), { force: true });
}

function fileOf(dir: string, { received_at, id }: Message): string {
  return join(dir, `${received_at.replaceAll(":", "-")}_${id}.json`);
}

function load(dir: string): Message[] {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const files = readdirSync(dir)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .reverse();
  return files.slice(0, KEPT).map((file): Message => JSON.parse(readFileSync(join(dir, file), "utf8")));
}

function answer(url: URL, messages: Message[]): { status: number; type: string; body: string } {
  const to = url.searchParams.get("to")?.toLowerCase();
  const listed = to ? messages.filter((message) => message.to.includes(to)) : messages;
  if (url.pathname === "/api/messages")
    return { status: 200, type: "application/json", body: JSON.stringify(listed) };
  if (url.pathname === "/") return { status: 200, type: "text/html", body: inboxPage(listed) };
  const [, id, part] = /^\/messages\/([0-9a-f-]+)(\/html)?$/.exec(url.pathname) ?? [];
  const message = messages.find((candidate) => candidate.id === id);
  if (!message) return { status: 404, type: "text/plain", body: "There is no such message." };
  return { status: 200, type: "text/html", body: part ? bareHtml(message) : messagePage(message) };
}
