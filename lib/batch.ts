import { AppError } from "#lib/errors.ts";

export interface BatchOptions<I, O> {
  /** Answers its items in order; an item answered with an error is refused by it. */
  send(items: I[]): Promise<(O | Error)[]>;
  /** Most items in one call. */
  maxBatch: number;
  /** Most items that may wait; beyond it an item is refused at once. */
  maxQueue: number;
  /** Milliseconds an item may take, waiting included. */
  deadline: number;
  /** A fresh test for each call: whether an item may go with those accepted before it. One that may not goes with the next call. */
  mayShare?(): (item: I) => boolean;
  /** Called when a call has been under way for twice the deadline: the other side hangs, so cut the connection. */
  onStuck(): void;
}

interface Waiting<I, O> {
  item: I;
  since: number;
  resolve(value: O): void;
  reject(error: unknown): void;
}

const SWEEP_EVERY = 50;

/** The refusal of an item for which there is no room. */
export function queueFull(): AppError {
  return new AppError("unavailable", "Too many requests are waiting.", { retryAfter: 1 });
}

/** The rest of this turn of the event loop: whatever has arrived already gets to ask. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Natural batching: while one call is under way the next items gather, and when it returns all that wait go at once,
 * with those that ask in the same turn of the event loop. No timer and no delay when idle. One call is in flight at a
 * time; an item that has not been answered by its deadline is refused with `unavailable`, and if it was already sent its
 * outcome is unknown: ask again with the same key.
 */
export class Batcher<I, O> {
  readonly #options: BatchOptions<I, O>;
  #waiting: Waiting<I, O>[] = [];
  #inFlight: Waiting<I, O>[] = [];
  #sentAt = 0;
  #running = false;
  #idle: (() => void)[] = [];

  constructor(options: BatchOptions<I, O>) {
    this.#options = options;
  }

  /** Items waiting or in flight. */
  get depth(): number {
    return this.#waiting.length + this.#inFlight.length;
  }

  /** Whether this many items more may wait. */
  hasRoom(items: number): boolean {
    return this.#waiting.length + items <= this.#options.maxQueue;
  }

  /** Adds an item and resolves with its answer. Refuses with `unavailable` at once when the queue is full. */
  ask(item: I): Promise<O> {
    if (!this.hasRoom(1)) return Promise.reject(queueFull());
    return new Promise<O>((resolve, reject) => {
      this.#waiting.push({ item, since: performance.now(), resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  /** Resolves when nothing waits and nothing is in flight. */
  drain(): Promise<void> {
    if (!this.#running) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  async #run(): Promise<void> {
    this.#running = true;
    const sweeper = setInterval(() => this.#sweep(), SWEEP_EVERY);
    await turn();
    while (this.#waiting.length > 0) {
      const batch = this.#take();
      this.#inFlight = batch;
      this.#sentAt = performance.now();
      try {
        const answers = await this.#options.send(batch.map((waiting) => waiting.item));
        this.#answer(batch, answers);
      } catch (error) {
        for (const waiting of batch) waiting.reject(error);
      }
      this.#inFlight = [];
      await turn();
    }
    clearInterval(sweeper);
    this.#running = false;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #take(): Waiting<I, O>[] {
    const taken: Waiting<I, O>[] = [];
    const left: Waiting<I, O>[] = [];
    const mayShare = this.#options.mayShare?.() ?? (() => true);
    for (const waiting of this.#waiting) {
      (taken.length < this.#options.maxBatch && mayShare(waiting.item) ? taken : left).push(waiting);
    }
    this.#waiting = left;
    return taken;
  }

  #answer(batch: Waiting<I, O>[], answers: (O | Error)[]): void {
    batch.forEach((waiting, index) => {
      const answer = answers[index];
      if (answer === undefined) waiting.reject(new Error("a batch was answered short"));
      else if (answer instanceof Error) waiting.reject(answer);
      else waiting.resolve(answer);
    });
  }

  /** Settling twice is harmless: only a promise's first outcome counts. */
  #sweep(): void {
    const now = performance.now();
    const isLate = (waiting: Waiting<I, O>) => now - waiting.since > this.#options.deadline;
    const late = [...this.#inFlight, ...this.#waiting].filter(isLate);
    for (const waiting of late) {
      waiting.reject(new AppError("unavailable", "The database did not answer in time.", { retryAfter: 1 }));
    }
    if (late.length > 0) this.#waiting = this.#waiting.filter((waiting) => !isLate(waiting));
    if (this.#inFlight.length > 0 && now - this.#sentAt > 2 * this.#options.deadline) {
      this.#sentAt = now;
      this.#options.onStuck();
    }
  }
}
