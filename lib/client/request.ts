/** Where and how a client asks. */
export interface Connection {
  url: string;
  key: string;
  /** Milliseconds one attempt may take, its body included. */
  timeout: number;
  retries: number;
  fetch: typeof fetch;
}

/**
 * Gantry did not serve a request; a refused check is no such error. `code` is the problem's code. `unavailable` also stands for a network that
 * failed and an answer cut short, `unexpected_answer` for one that is not Gantry's: look at the address.
 */
export class GantryError extends Error {
  readonly code: string;
  readonly status: number | null;

  constructor(code: string, message: string, status: number | null, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "GantryError";
    this.code = code;
    this.status = status;
  }
}

/** What came back: its whole text, because a connection may break in the middle of it. */
interface Reply {
  status: number;
  headers: Headers;
  text: string;
}

function isJson({ headers }: Reply): boolean {
  return headers.get("content-type")?.startsWith("application/json") ?? false;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new GantryError("unavailable", "The answer was cut short.", null, cause);
  }
}

function errorOf({ status, headers, text }: Reply): GantryError {
  const isProblem = headers.get("content-type")?.startsWith("application/problem+json") ?? false;
  const problem = isProblem ? parsed(text) : null;
  const { code, detail }: { code?: unknown; detail?: unknown } =
    typeof problem === "object" && problem !== null ? problem : {};
  const sentence = typeof detail === "string" ? detail : `The answer was ${status}.`;
  if (status >= 500) return new GantryError("unavailable", sentence, status);
  return new GantryError(typeof code === "string" ? code : "unexpected_answer", sentence, status);
}

const LONGEST_PAUSE = 2000;

/** Full jitter, doubling from 50 ms up to two seconds; a Retry-After of up to two seconds is honoured. */
function pause(attempt: number, retryAfter: string | null): Promise<void> {
  const told = Number(retryAfter ?? 0) * 1000;
  const drawn = Math.random() * Math.min(50 * 2 ** attempt, LONGEST_PAUSE);
  const milliseconds = Math.max(drawn, Number.isFinite(told) ? Math.min(told, LONGEST_PAUSE) : 0);
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function once({ fetch, timeout }: Connection, url: string, init: RequestInit): Promise<Reply> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeout) });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (cause) {
    throw new GantryError("unavailable", "Gantry could not be reached.", null, cause);
  }
}

/** What goes along with a request. */
interface Sent {
  /** The body, written as JSON. */
  json?: string;
  contentType?: string;
  idempotencyKey?: string;
}

function headersOf(key: string, { contentType = "application/json", idempotencyKey }: Sent): Headers {
  try {
    const headers = new Headers({ authorization: `Bearer ${key}`, "content-type": contentType });
    if (idempotencyKey !== undefined) headers.set("idempotency-key", idempotencyKey);
    return headers;
  } catch (cause) {
    throw new GantryError("invalid_input", "The keys must be printable ASCII.", null, cause);
  }
}

/**
 * One request with its retries. Everything here is idempotent, a check by its key and an event by its source and id, so whatever may have
 * been lost is asked again. A redirect is not followed: it would turn a POST into a GET.
 */
export async function ask<T>(
  connection: Connection,
  method: "GET" | "POST" | "DELETE",
  path: string,
  sent: Sent = {},
): Promise<{ body: T; headers: Headers }> {
  const init: RequestInit = {
    method,
    headers: headersOf(connection.key, sent),
    redirect: "manual",
    ...(sent.json === undefined ? {} : { body: sent.json }),
  };
  for (let attempt = 0; ; attempt++) {
    let retryAfter: string | null = null;
    try {
      const reply = await once(connection, connection.url + path, init);
      retryAfter = reply.headers.get("retry-after");
      if ((reply.status !== 200 && reply.status !== 202) || !isJson(reply)) throw errorOf(reply);
      return { body: parsed(reply.text) as T, headers: reply.headers };
    } catch (error) {
      const again =
        error instanceof GantryError && error.code === "unavailable" && attempt < connection.retries;
      if (!again) throw error;
      await pause(attempt, retryAfter);
    }
  }
}
