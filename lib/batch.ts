import { AppError } from "#lib/errors.ts";

export interface BatchOptions<I, O> {
  /** Answers its items in order; an item answered with an error is refused by it. */
  send(items: I[]): Promise<(O | Error)[]>;
  /** Most items in one call. */
  maxBatch: number;
  /** Two: a second call may be under way, answered after the first, once as many items wait as the first holds. One unless given. */
  calls?: 1 | 2;
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

interface Call<I, O> {
  batch: Waiting<I, O>[];
  sentAt: number;
}

const SWEEP_EVERY = 50;
/** Fewer items than this are not worth a second call: what a call costs by itself would outweigh them. */
const LEAST_SECOND = 16;

/** The refusal of an item for which there is no room. */
export function queueFull(): AppError {
  return new AppError("unavailable", "Too many requests are waiting.", { retryAfter: 1 });
}

/** The rest of this turn of the event loop: whatever has arrived already gets to ask. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Natural batching: while one call is under way the next items gather, and when it returns all that wait go at once,
 * with those that ask in the same turn of the event loop. No timer and no delay when idle. One call is in flight at a
 * time, or two: then many items go in two halves, so that this process takes the answers of one while the other side works on the
 * other. An item that has not been answered by its deadline is refused with `unavailable`, and if it was already sent its
 * outcome is unknown: ask again with the same key.
 */
export class Batcher<I, O> {
  readonly #options: BatchOptions<I, O>;
  #waiting: Waiting<I, O>[] = [];
  #calls = new Set<Call<I, O>>();
  #sweeper: NodeJS.Timeout | undefined;
  #isLooking = false;
  #idle: (() => void)[] = [];

  constructor(options: BatchOptions<I, O>) {
    this.#options = options;
  }

  /** Items waiting or in flight. */
  get depth(): number {
    let depth = this.#waiting.length;
    for (const { batch } of this.#calls) depth += batch.length;
    return depth;
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
      this.#look();
    });
  }

  /** Resolves when nothing waits and nothing is in flight. */
  drain(): Promise<void> {
    if (this.depth === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Sees to what waits at the end of this turn of the event loop, once. */
  #look(): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    void turn().then(() => {
      this.#isLooking = false;
      this.#start();
    });
  }

  #start(): void {
    if (this.depth === 0) {
      clearInterval(this.#sweeper);
      this.#sweeper = undefined;
      for (const resolve of this.#idle.splice(0)) resolve();
      return;
    }
    this.#sweeper ??= setInterval(() => this.#sweep(), SWEEP_EVERY);
    for (let most = this.#mostNow(); most > 0; most = this.#mostNow()) void this.#call(this.#take(most));
  }

  /** How many items the next call may take now; none when it has to wait. */
  #mostNow(): number {
    const { maxBatch, calls = 1 } = this.#options;
    const waiting = this.#waiting.length;
    if (waiting === 0 || this.#calls.size >= calls) return 0;
    const [first] = this.#calls;
    if (first !== undefined) return waiting >= Math.max(first.batch.length, LEAST_SECOND) ? maxBatch : 0;
    return calls === 2 && waiting >= 2 * LEAST_SECOND
      ? Math.min(Math.floor(waiting / 2), maxBatch)
      : maxBatch;
  }

  async #call(batch: Waiting<I, O>[]): Promise<void> {
    const call = { batch, sentAt: performance.now() };
    this.#calls.add(call);
    try {
      this.#answer(batch, await this.#options.send(batch.map((waiting) => waiting.item)));
    } catch (error) {
      for (const waiting of batch) waiting.reject(error);
    }
    this.#calls.delete(call);
    this.#look();
  }

  #take(most: number): Waiting<I, O>[] {
    const taken: Waiting<I, O>[] = [];
    const left: Waiting<I, O>[] = [];
    const mayShare = this.#options.mayShare?.() ?? (() => true);
    for (const waiting of this.#waiting) {
      (taken.length < most && mayShare(waiting.item) ? taken : left).push(waiting);
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
    const late = [...[...this.#calls].flatMap(({ batch }) => batch), ...this.#waiting].filter(isLate);
    for (const waiting of late) {
      waiting.reject(new AppError("unavailable", "The database did not answer in time.", { retryAfter: 1 }));
    }
    if (late.length > 0) this.#waiting = this.#waiting.filter((waiting) => !isLate(waiting));
    const stuck = [...this.#calls].filter((call) => now - call.sentAt > 2 * this.#options.deadline);
    if (stuck.length === 0) return;
    for (const call of this.#calls) call.sentAt = now;
    this.#options.onStuck();
  }
}
