/** What one design did: operations a second (null: it was not about a rate), and how long one took, in milliseconds. */
export interface Result {
  rate: number | null;
  p50: number;
  p99: number;
}

/** Counts durations in buckets a hundredth of a millisecond wide, up to ten seconds. */
export class Durations {
  readonly #buckets = new Uint32Array(1_000_001);
  count = 0;

  add(milliseconds: number): void {
    this.#buckets[Math.min(Math.round(milliseconds * 100), 1_000_000)] =
      (this.#buckets[Math.min(Math.round(milliseconds * 100), 1_000_000)] ?? 0) + 1;
    this.count += 1;
  }

  /** The duration below which this share of all lie. */
  quantile(share: number): number {
    let left = this.count * share;
    for (let bucket = 0; bucket < this.#buckets.length; bucket++) {
      left -= this.#buckets[bucket] ?? 0;
      if (left <= 0) return bucket / 100;
    }
    return 0;
  }
}

/** Runs callers that each ask again as soon as they are answered: first to warm up, then for the seconds that count. */
export async function closedLoop(
  callers: number,
  seconds: { warm: number; measured: number },
  ask: () => Promise<unknown>,
): Promise<Result> {
  const from = performance.now() + seconds.warm * 1000;
  const until = from + seconds.measured * 1000;
  const durations = new Durations();
  const caller = async () => {
    for (let asked = performance.now(); asked < until; ) {
      await ask();
      const now = performance.now();
      if (asked >= from && now <= until) durations.add(now - asked);
      asked = now;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return {
    rate: durations.count / seconds.measured,
    p50: durations.quantile(0.5),
    p99: durations.quantile(0.99),
  };
}
