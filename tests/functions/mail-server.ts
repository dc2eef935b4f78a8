import { once } from "node:events";
import { SMTPServer } from "smtp-server";
import { freePort } from "#stack/ports.ts";

/** A real SMTP server that keeps what it is handed. */
export interface MailServer {
  url: string;
  /** Raw mails, one character a byte, in order of arrival. */
  received: string[];
  /** Addresses of the envelopes. */
  recipients: string[];
  /** From now on every mail is refused with this answer; null takes them again. */
  refuse(answer: string | null): void;
  /** From now on this recipient is refused with this answer; null takes it again. */
  refuseRecipient(address: string, answer: string | null): void;
  /** From now on mails are taken and kept, but never answered; false answers again. */
  hang(hanging: boolean): void;
  reset(): void;
  close(): Promise<void>;
}

/** "550 no such mailbox" as the error that makes the server say so. */
function refusalOf(answer: string): Error {
  const [code = "", ...words] = answer.split(" ");
  return Object.assign(new Error(words.join(" ")), { responseCode: Number(code) });
}

/** Starts one on a free port of this machine. */
export async function startMailServer(): Promise<MailServer> {
  const received: string[] = [];
  const recipients: string[] = [];
  let refusal: string | null = null;
  let isHanging = false;
  const refused = new Map<string, string>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo({ address }, _session, callback) {
      const answer = refused.get(address);
      callback(answer === undefined ? null : refusalOf(answer));
    },
    onData(stream, session, callback) {
      let raw = "";
      stream.setEncoding("latin1");
      stream.on("data", (piece: string) => {
        raw += piece;
      });
      stream.on("end", () => {
        if (refusal !== null) return callback(refusalOf(refusal));
        received.push(raw);
        recipients.push(...session.envelope.rcptTo.map((address) => address.address));
        if (!isHanging) callback();
      });
    },
  });
  const port = await freePort();
  server.listen(port, "127.0.0.1");
  await once(server.server, "listening");
  return {
    url: `smtp://127.0.0.1:${port}?ignoreTLS=true`,
    received,
    recipients,
    refuse(answer) {
      refusal = answer;
    },
    refuseRecipient(address, answer) {
      if (answer === null) refused.delete(address);
      else refused.set(address, answer);
    },
    hang(hanging) {
      isHanging = hanging;
    },
    reset() {
      refusal = null;
      refused.clear();
      isHanging = false;
      received.length = 0;
      recipients.length = 0;
    },
    close: () => new Promise((done) => server.close(done)),
  };
}
