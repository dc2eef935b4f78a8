import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request that arrived, whole. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A real HTTP server that keeps what it is sent and answers as it is told. */
export interface Receiver {
  url: string;
  received: Received[];
  /** From now on, the answer to each request; 200 unless told otherwise. */
  answer(reply: (response: ServerResponse, request: Received) => void): void;
  reset(): void;
  close(): Promise<void>;
}

const fine = (response: ServerResponse) => void response.writeHead(200).end("ok");

/** Starts one on a port of this machine, a free one unless told otherwise. */
export async function startReceiver(at = 0): Promise<Receiver> {
  const received: Received[] = [];
  let reply: (response: ServerResponse, request: Received) => void = fine;
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (piece: string) => {
      body += piece;
    });
    request.on("end", () => {
      const whole = { path: request.url ?? "", headers: request.headers, body };
      received.push(whole);
      reply(response, whole);
    });
  });
  await new Promise<void>((listening) => server.listen(at, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answer(next) {
      reply = next;
    },
    reset() {
      reply = fine;
      received.length = 0;
    },
    close() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
