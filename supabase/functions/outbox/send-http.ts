import { type Delivery, type Outcome, retryAfter, type SendDeps } from "./delivery.ts";

const TIMEOUT_MS = 15_000;

interface Post {
  url: string;
  body: string;
  headers?: Record<string, string>;
}

/** Says what a status that is no success means for the message. */
export type Judge = (status: number) => Outcome["outcome"];

/** Posts JSON and turns the answer into an outcome: 2xx is delivered, everything else is judged, and no answer at all is a failure. */
export async function post({ url, body, headers }: Post, judge: Judge, deps: SendDeps): Promise<Outcome> {
  try {
    const answer = await deps.outbound({
      method: "POST",
      url,
      headers: { "content-type": "application/json", "user-agent": "Gantry", ...headers },
      body,
      timeoutMs: TIMEOUT_MS,
    });
    const { status } = answer;
    const response = answer.body.slice(0, 500);
    if (status >= 200 && status < 300) return { outcome: "delivered", status, response };
    return {
      outcome: judge(status),
      status,
      response,
      error: `It answered ${status}.`,
      retryAfter: retryAfter(answer.headers["retry-after"], deps.date()),
    };
  } catch (error) {
    return { outcome: "failed", error: problemOf(error) };
  }
}

/** Why no answer came back, in a sentence for people. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error ? `It can't be reached (${String(error.code)}).` : error.message;
}

/** The channel's secret. Throws when it has been deleted meanwhile. */
export function secretOf({ secret }: Delivery): string {
  if (secret === null) throw new Error("The channel has no secret any more.");
  return secret;
}

/** A refusal for good: the message itself is at fault, or the address no longer takes any. 408 and 429 pass with time. */
export const judgeClientError: Judge = (status) =>
  status >= 400 && status < 500 && status !== 408 && status !== 429 ? "refused" : "failed";
