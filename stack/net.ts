import type { Sql } from "postgres";
import { reason } from "./stack-error.ts";

interface QueuedRequest {
  id: string;
  method: string;
  url: string;
  headers: Record<string, string> | null;
  body: Buffer | null;
  timeout_milliseconds: number;
}

interface Outcome {
  status_code: number | null;
  content_type: string | null;
  headers: Record<string, string> | null;
  content: string | null;
  timed_out: boolean;
  error_msg: string | null;
}

export interface Net {
  /** Takes what waits in the queue and sends it; returns once it is on its way. */
  send(): Promise<void>;
  /** Waits for the answers still to come. */
  stop(): Promise<void>;
}

const BATCH = 50;
const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Sends the requests that net.http_post and its like have queued, each at most once, and keeps every answer in
 * net._http_response. Locally only this machine is called: another address is answered with an error.
 */
export function startNet(db: Sql, log: (line: string) => void): Net {
  const inFlight = new Set<Promise<void>>();

  async function deliver(request: QueuedRequest): Promise<void> {
    const outcome = await call(request);
    await db`
      insert into net._http_response (id, status_code, content_type, headers, content, timed_out, error_msg)
      values (${request.id}, ${outcome.status_code}, ${outcome.content_type}, ${outcome.headers && db.json(outcome.headers)},
        ${outcome.content}, ${outcome.timed_out}, ${outcome.error_msg})`;
  }

  return {
    async send() {
      const room = BATCH - inFlight.size;
      if (room <= 0) return;
      const requests = await db<QueuedRequest[]>`
        delete from net.http_request_queue
        where id in (select id from net.http_request_queue order by id limit ${room} for update skip locked)
        returning id, method, url, headers, body, timeout_milliseconds`;
      for (const request of requests) {
        const delivery = deliver(request)
          .catch((error) => log(`net request ${request.id}: ${reason(error)}`))
          .finally(() => inFlight.delete(delivery));
        inFlight.add(delivery);
      }
    },
    async stop() {
      await Promise.all(inFlight);
    },
  };
}

async function call(request: QueuedRequest): Promise<Outcome> {
  const nothing = { status_code: null, content_type: null, headers: null, content: null };
  try {
    if (!LOOPBACK.has(new URL(request.url).hostname)) {
      return { ...nothing, timed_out: false, error_msg: "only this machine is called locally" };
    }
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers ?? {},
      body: request.body ? new Uint8Array(request.body) : null,
      redirect: "manual",
      signal: AbortSignal.timeout(request.timeout_milliseconds),
    });
    return {
      status_code: response.status,
      content_type: response.headers.get("content-type"),
      headers: Object.fromEntries(response.headers),
      content: await response.text(),
      timed_out: false,
      error_msg: null,
    };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    const cause = error instanceof Error && error.cause ? error.cause : error;
    return { ...nothing, timed_out: timedOut, error_msg: timedOut ? "Timeout was reached" : reason(cause) };
  }
}
