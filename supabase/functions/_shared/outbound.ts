import { Buffer } from "node:buffer";
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { guardedLookup, type Resolve, resolveAll } from "../../../lib/outbound-lookup.ts";
import { type Networks, parseTarget } from "../../../lib/outbound-target.ts";

/** What one call sends, and how long it may take altogether. */
export interface OutboundRequest {
  method: "GET" | "POST";
  url: string;
  headers: Record<string, string>;
  body?: string;
  timeoutMs: number;
}

export interface OutboundAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** What came back, cut after a million bytes. */
  body: string;
}

/** Calls a target. Rejects with TargetRefused when it must not be called, and with another error when no answer came back. */
export type Outbound = (request: OutboundRequest) => Promise<OutboundAnswer>;

const LARGEST = 1_000_000;

/**
 * Makes the one way by which functions call addresses that people have typed in. The addresses behind a name are checked when the connection
 * is made, and the connection goes to a checked one. Redirects are answers, never followed.
 */
export function createOutbound(networks: Networks, resolve: Resolve = resolveAll): Outbound {
  return async (request) => {
    const url = parseTarget(request.url, networks);
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const { method, headers, body, timeoutMs } = request;
    const { promise, resolve: settle, reject } = Promise.withResolvers<OutboundAnswer>();
    // A connection of its own: a pooled one could have been made by somebody who did not look.
    const outgoing = send(url, {
      method,
      headers,
      agent: false,
      lookup: guardedLookup(url, networks, resolve),
    });
    const late = new Error(`no answer within ${timeoutMs / 1000} s`);
    const timer = setTimeout(() => outgoing.destroy(late), timeoutMs);
    outgoing.on("error", reject);
    outgoing.on("response", (response) => read(response).then(settle, reject));
    outgoing.end(body);
    return promise.finally(() => {
      clearTimeout(timer);
      outgoing.destroy();
    });
  };
}

async function read(response: IncomingMessage): Promise<OutboundAnswer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response) {
    pieces.push(piece);
    size += piece.length;
    if (size >= LARGEST) break;
  }
  const body = Buffer.concat(pieces).subarray(0, LARGEST).toString("utf8");
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}
