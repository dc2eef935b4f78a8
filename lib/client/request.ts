/** Where and how a client asks. */
export interface Connection {
  url: string;
  key: string;
  timeout: number;
  retries: number;
  fetch: typeof fetch;
}

interface ProblemBody {
  code?: unknown;
  detail?: unknown;
}

/** A refusal to serve, not a refused check. `code` is the problem's code; `unavailable` also stands for a network that failed. */
export class GantryError extends Error {
  readonly code: string;
  readonly status: number | null;

  constructor(code: string, message: string, status: number | null, cause?: unknown) {
    super(message, { cause });
    this.name = "GantryError";
    this.code = code;
    this.status = status;
  }
}

async function errorOf(response: Response): Promise<GantryError> {
  const text = await response.text();
  const isProblem = response.headers.get("content-type")?.includes("json") ?? false;
  const problem: ProblemBody = isProblem && text.startsWith("{") ? JSON.parse(text) : {};
  const code = response.status >= 500 || typeof problem.code !== "string" ? "unavailable" : problem.code;
  return new GantryError(code, String(problem.detail ?? response.statusText), response.status);
}

/** Full jitter, doubling from 50 ms; a Retry-After of up to two seconds is honoured. */
function pause(attempt: number, retryAfter: string | null): Promise<void> {
  const told = Math.min(Number(retryAfter ?? 0) * 1000, 2000);
  const milliseconds = Math.max(Math.random() * 50 * 2 ** attempt, Number.isFinite(told) ? told : 0);
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function once(connection: Connection, path: string, init: RequestInit): Promise<Response> {
  try {
    return await connection.fetch(connection.url + path, { ...init, signal: AbortSignal.timeout(connection.timeout) });
  } catch (cause) {
    throw new GantryError("unavailable", "Gantry could not be reached.", null, cause);
  }
}

/** One request with its retries. Retries only what is safe: everything here is idempotent, a check by its key. */
export async function ask<T>(
  connection: Connection,
  method: "GET" | "POST",
  path: string,
  sent: { body?: unknown; idempotencyKey?: string } = {},
): Promise<{ body: T; headers: Headers }> {
  const init: RequestInit = {
    method,
    headers: {
      authorization: `Bearer ${connection.key}`,
      "content-type": "application/json",
      ...(sent.idempotencyKey === undefined ? {} : { "idempotency-key": sent.idempotencyKey }),
    },
    ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
  };
  let retryAfter: string | null = null;
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await once(connection, path, init);
      if (response.ok) return { body: (await response.json()) as T, headers: response.headers };
      retryAfter = response.headers.get("retry-after");
      throw await errorOf(response);
    } catch (error) {
      const again = error instanceof GantryError && error.code === "unavailable" && attempt < connection.retries;
      if (!again) throw error;
      await pause(attempt, retryAfter);
    }
  }
}
