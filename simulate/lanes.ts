/** At most so many pieces of work at once; the rest wait in order. */
export class Lanes {
  readonly #waiting: (() => void)[] = [];
  readonly #stories: Promise<unknown>[] = [];
  #free: number;

  constructor(lanes: number) {
    this.#free = lanes;
  }

  /** Runs one piece of work when a lane is free. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free -= 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }

  /** Keeps a story that goes on by itself, so that `settled` waits for it. */
  follow(story: Promise<unknown>): void {
    this.#stories.push(story);
    // What it throws is thrown by `settled`.
    story.catch(() => undefined);
  }

  /** Resolves when every story has ended; rejects as the first one that failed. */
  async settled(): Promise<void> {
    await Promise.all(this.#stories);
  }
}
