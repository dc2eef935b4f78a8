import { createConnection, createServer, type Socket } from "node:net";
import { Transform } from "node:stream";

const NOTIFICATION = "A".charCodeAt(0);
const HEAD = 5;

/** A way to a database on which announcements get lost, as they do behind a pooler that shares connections by transaction. */
export interface DeafRelay {
  url: string;
  /** Whether announcements get lost; may be changed at any time. */
  isDeaf: boolean;
  /** Ends every connection; new ones are taken. */
  drop(): void;
  close(): Promise<void>;
}

/** Passes a server's messages on, but for announcements while `isDeaf` says so. */
function withoutAnnouncements(isDeaf: () => boolean): Transform {
  let kept: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      kept = Buffer.concat([kept, chunk]);
      while (kept.length >= HEAD && kept.length > kept.readUInt32BE(1)) {
        const end = kept.readUInt32BE(1) + 1;
        if (kept[0] !== NOTIFICATION || !isDeaf()) this.push(kept.subarray(0, end));
        kept = kept.subarray(end);
      }
      done();
    },
  });
}

/** Puts the relay in front of a database address. */
export async function startDeafRelay(databaseUrl: string): Promise<DeafRelay> {
  const { hostname, port } = new URL(databaseUrl);
  const open = new Set<Socket>();
  const state = { isDeaf: true };
  const relay = createServer((near) => {
    const far = createConnection(Number(port), hostname);
    const forget = () => {
      open.delete(near);
      near.destroy();
      far.destroy();
    };
    open.add(near);
    for (const socket of [near, far]) socket.on("error", forget).on("close", forget);
    near.pipe(far);
    far.pipe(withoutAnnouncements(() => state.isDeaf)).pipe(near);
  });
  await new Promise<void>((listening) => relay.listen(0, "127.0.0.1", listening));
  const address = relay.address();
  if (typeof address !== "object" || address === null) throw new Error("the relay has no port");
  const url = new URL(databaseUrl);
  url.port = String(address.port);
  const drop = () => {
    for (const socket of open) socket.destroy();
  };
  return Object.assign(state, {
    url: url.href,
    drop,
    async close() {
      drop();
      await new Promise<void>((closed) => void relay.close(() => closed()));
    },
  });
}
