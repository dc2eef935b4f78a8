import { createConnection, createServer, type Socket } from "node:net";

const PARSE = 0x50;

/** A way to a database on which the first connections are reset as soon as they have been made and asked anything. */
export interface FragileRelay {
  url: string;
  /** How many connections are still to be reset. */
  readonly left: number;
  close(): Promise<void>;
}

/** Puts the relay in front of a database address and resets `resets` connections. */
export async function startFragileRelay(databaseUrl: string, resets: number): Promise<FragileRelay> {
  const { hostname, port } = new URL(databaseUrl);
  const open = new Set<Socket>();
  let left = resets;
  const relay = createServer((near) => {
    const far = createConnection(Number(port), hostname);
    const forget = () => {
      open.delete(near);
      near.destroy();
      far.destroy();
    };
    open.add(near);
    for (const socket of [near, far]) socket.on("error", forget).on("close", forget);
    near.on("data", (sent) => {
      if (left === 0 || sent[0] !== PARSE) return void far.write(sent);
      left -= 1;
      near.resetAndDestroy();
    });
    far.pipe(near);
  });
  await new Promise<void>((listening) => relay.listen(0, "127.0.0.1", listening));
  const address = relay.address();
  if (typeof address !== "object" || address === null) throw new Error("the relay has no port");
  const url = new URL(databaseUrl);
  url.port = String(address.port);
  return {
    url: url.href,
    get left() {
      return left;
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise<void>((closed) => void relay.close(() => closed()));
    },
  };
}
