/**
 * The network as one country's product sees it: keeps what was answered to each key, byte for byte, measures each attempt, and loses the
 * answers it is told to lose after the other side has given them.
 */
export class Wire {
  readonly #answers = new Map<string, string[]>();
  readonly #toLose = new Set<string>();
  /** Milliseconds each answered attempt took. */
  readonly latencies: number[] = [];
  /** Requests sent, retries included. */
  sent = 0;

  /** Loses the first answer to this key. */
  lose(idempotencyKey: string): void {
    this.#toLose.add(idempotencyKey);
  }

  /** Takes what this key was answered, in order; the wire forgets it. */
  take(idempotencyKey: string): string[] {
    const answers = this.#answers.get(idempotencyKey) ?? [];
    this.#answers.delete(idempotencyKey);
    return answers;
  }

  /** Give this to the client. */
  readonly fetch: typeof fetch = async (input, init) => {
    const key = new Headers(init?.headers).get("idempotency-key");
    const startedAt = performance.now();
    this.sent += 1;
    const response = await fetch(input, init);
    const text = await response.text();
    this.latencies.push(performance.now() - startedAt);
    if (key !== null && response.status === 200) {
      this.#answers.set(key, [...(this.#answers.get(key) ?? []), text]);
      if (this.#toLose.delete(key)) throw new TypeError("the answer was lost");
    }
    return new Response(text, { status: response.status, headers: response.headers });
  };
}
