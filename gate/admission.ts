import type { OutgoingMessage } from "node:http";
import { AppError } from "#lib/errors.ts";
import { problemResponse } from "#lib/problem.ts";
import { MAX_BODY } from "#lib/request.ts";

export interface Limits {
  /** Requests under way at once. */
  requests: number;
  /** Bytes of bodies under way at once, as declared; a body of undeclared length counts as the largest. */
  bytes: number;
}

/**
 * Bounds what the process takes on: beyond its limits a request is answered 503 at once instead of waiting for memory. While it is closing,
 * what is under way finishes and each answer tells its client that the connection ends.
 */
export class Admission {
  readonly #limits: Limits;
  readonly #open = new Set<OutgoingMessage>();
  #bytes = 0;
  #closing = false;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Requests under way. */
  get open(): number {
    return this.#open.size;
  }

  /** From here on every answer closes its connection. */
  close(): void {
    this.#closing = true;
    for (const outgoing of this.#open) outgoing.shouldKeepAlive = false;
  }

  /** Runs `answer` if there is room for the request. */
  async run(
    request: Request,
    outgoing: OutgoingMessage,
    answer: (request: Request) => Response | Promise<Response>,
  ): Promise<Response> {
    if (this.#closing) outgoing.shouldKeepAlive = false;
    const bytes = bytesOf(request);
    if (this.#open.size >= this.#limits.requests || this.#bytes + bytes > this.#limits.bytes) {
      return problemResponse(
        new AppError("unavailable", "Too many requests are under way.", { retryAfter: 1 }),
      );
    }
    this.#open.add(outgoing);
    this.#bytes += bytes;
    try {
      return await answer(request);
    } finally {
      this.#open.delete(outgoing);
      this.#bytes -= bytes;
    }
  }
}

/** A declared length past the limit is refused before a byte is read. */
function bytesOf({ method, headers }: Request): number {
  if (method === "GET" || method === "HEAD") return 0;
  const declared = headers.get("content-length");
  if (declared !== null) return Math.min(Number(declared), MAX_BODY);
  return headers.has("transfer-encoding") ? MAX_BODY : 0;
}
