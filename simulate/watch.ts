import { setTimeout as sleep } from "node:timers/promises";
import { paint, print } from "./board.ts";
import type { Finding } from "./promises.ts";
import type { World } from "./scenario.ts";

const POLL_MS = 500;

/** What came of waiting for something to be so. */
export interface Waited<T> {
  /** null: it was not so in time, or the wait was broken off. */
  value: T | null;
  seconds: number;
}

/** Looks twice a second until `probe` finds something, for at most so many seconds. */
export async function waitFor<T>(
  what: string,
  within: number,
  { options, signal }: World,
  probe: () => Promise<T | null>,
): Promise<Waited<T>> {
  const bound = Math.min(within, options.patience);
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1000;
  print(paint("dim", `  waiting for ${what} (at most ${bound} s) …`));
  for (;;) {
    const value = await probe();
    if (value !== null) return { value, seconds: elapsed() };
    if (elapsed() > bound || signal.aborted) return { value: null, seconds: elapsed() };
    await sleep(POLL_MS);
  }
}

/** Whether something was so within its time. */
export function inTime<T>(promise: string, within: number, { value, seconds }: Waited<T>): Finding {
  const evidence =
    value === null
      ? `not within ${Math.round(seconds)} s`
      : `after ${seconds.toFixed(1)} s, ${within} allowed`;
  return { promise, kept: value !== null, evidence: [evidence] };
}

/** Whether what was seen is what had to be. */
export function seen(promise: string, kept: boolean, evidence: string): Finding {
  return { promise, kept, evidence: [evidence] };
}
